// model → table image: closures, atoms, limits, adjacency, documents as rows.
#ifndef SODC_LOWER_LOWER_H_
#define SODC_LOWER_LOWER_H_

#include "compiler/lower/image.h"
#include "compiler/model/model.h"
#include "compiler/source/source_manager.h"

namespace sodc {

struct LowerOptions {
  bool with_people = true;  // false: no persons, accounts, assignments (rulings TAB-14)
};

// The model must have passed Check without a language error. Total: never fails,
// except that counts beyond the format's 32 bits are caught in Check.
TableImage Lower(const model::Model& model, const SourceManager& sources, const LowerOptions& options);

}  // namespace sodc

#endif  // SODC_LOWER_LOWER_H_
