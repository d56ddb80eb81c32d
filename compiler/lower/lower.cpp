#include "compiler/lower/lower.h"

#include <utility>

#include "compiler/lower/builder.h"

namespace sodc {

TableImage Lower(const model::Model& model, const SourceManager& sources,
                 const LowerOptions& options) {
  lower::Builder builder(model, sources, options);
  lower::LowerVocabularies(builder);
  lower::LowerScopes(builder);
  lower::LowerActors(builder);
  lower::LowerControls(builder);
  lower::LowerDuties(builder);
  lower::LowerRoles(builder);
  lower::LowerForeignIds(builder);
  lower::LowerRules(builder);
  lower::LowerClosures(builder);
  lower::LowerWaivers(builder);
  lower::LowerExemptions(builder);
  lower::LowerActivations(builder);
  lower::LowerConditions(builder);
  lower::LowerProvisions(builder);
  lower::LowerObjects(builder);
  lower::LowerDeadlines(builder);
  lower::LowerLosses(builder);
  lower::LowerDocuments(builder);
  lower::LowerMeta(builder);
  lower::LowerNames(builder);
  return std::move(builder.image);
}

}  // namespace sodc
