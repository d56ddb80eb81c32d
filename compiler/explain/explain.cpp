#include "compiler/explain/explain.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/base/edit_distance.h"
#include "compiler/explain/page.h"

namespace sodc {
namespace {

using explain::Entity;
using explain::Subject;
using model::Model;

// How well a name fits; less is better.
enum class Fit : uint8_t { OwnName, Qualified, ImportedName, Title, MemberName, None };

Fit FitOf(const Subject& subject, const Entity& entity, std::string_view name) {
  const bool is_member = std::holds_alternative<model::ScaleMemberId>(entity.id);
  const bool is_named = entity.common->name == name;
  if (is_named && !is_member && entity.common->is_own) return Fit::OwnName;
  if (explain::QualifiedName(subject.model, subject.sources, entity) == name) return Fit::Qualified;
  if (is_named && !is_member) return Fit::ImportedName;
  if (is_named) return Fit::MemberName;
  return entity.common->title == name ? Fit::Title : Fit::None;
}

std::vector<const Entity*> BestFits(const Subject& subject, const std::vector<Entity>& entities, std::string_view name) {
  std::vector<const Entity*> best;
  Fit fit = Fit::None;
  for (const Entity& entity : entities) {
    const Fit here = FitOf(subject, entity, name);
    if (here == Fit::None || here > fit) continue;
    if (here < fit) best.clear();
    fit = here;
    best.push_back(&entity);
  }
  return best;
}

std::string PageOf(const Subject& subject, const Entity& entity) {
  explain::Page page;
  explain::AddHead(subject, entity, page);
  explain::AddAttributes(subject, entity, page);
  explain::AddFacts(subject, entity, page);
  explain::AddTouching(subject, entity, page);
  explain::AddHolders(subject, entity, page);
  explain::AddRules(subject, entity, page);
  return page.Take();
}

std::string ModulePage(const Subject& subject, const std::vector<Entity>& entities, std::string_view name) {
  std::vector<std::string> lines;
  const Entity* only = nullptr;
  for (const Entity& entity : entities) {
    if (std::holds_alternative<model::ScaleMemberId>(entity.id)) continue;
    if (explain::ModuleOf(subject.sources, *entity.common) != name) continue;
    only = lines.empty() ? &entity : nullptr;
    lines.push_back(entity.kind + " " + explain::Label(*entity.common));
  }
  if (lines.empty()) return {};
  explain::Page page;
  const auto& modules = subject.model.modules;
  const auto module = std::find_if(modules.begin(), modules.end(), [&](const model::Module& m) { return m.name == name; });
  const bool is_known = module != modules.end();
  page.Line(fmt::format("module {}{}", name, is_known && !module->title.empty() ? " \"" + module->title + '"' : ""));
  if (is_known && !module->description.empty()) page.Line(module->description);
  page.Section("Declares", lines);
  // Most frameworks are modules of their own: their clauses are what is asked for.
  return page.Take() + (only == nullptr ? "" : "\n" + PageOf(subject, *only));
}

// The framework that is named, or the only one of the module that is named.
model::FrameworkId FrameworkOf(const Subject& subject, const std::vector<Entity>& entities, std::string_view name) {
  model::FrameworkId found;
  for (const Entity& entity : entities) {
    const auto* framework = std::get_if<model::FrameworkId>(&entity.id);
    if (framework == nullptr) continue;
    const bool is_meant = FitOf(subject, entity, name) != Fit::None ||
                          explain::ModuleOf(subject.sources, *entity.common) == name;
    if (!is_meant) continue;
    if (found.is_valid()) return {};
    found = *framework;
  }
  return found;
}

Explanation ExplainClause(const Subject& subject, const std::vector<Entity>& entities, std::string_view name,
                          std::string_view clause) {
  const model::FrameworkId framework = FrameworkOf(subject, entities, name);
  if (!framework.is_valid()) return {};
  std::vector<std::string_view> ids;
  for (const model::ClauseId id : subject.model.frameworks[framework].clauses) {
    if (subject.model.clauses[id].id == clause) return {explain::ClausePage(subject, id), {}, {}};
    ids.push_back(subject.model.clauses[id].id);
  }
  return {{}, {}, std::string(Nearest(clause, ids))};
}

std::string NearestName(const Subject& subject, const std::vector<Entity>& entities, std::string_view name) {
  std::vector<std::string> names;
  for (const Entity& entity : entities) {
    names.push_back(entity.common->name);
    names.push_back(explain::QualifiedName(subject.model, subject.sources, entity));
  }
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  return std::string(Nearest(name, candidates));
}

}  // namespace

Explanation Explain(const Model& model, const SourceManager& sources, std::string_view name,
                    const PageOptions& options) {
  const Subject subject{model, sources, options.is_about_policy, options.as_of};
  const std::vector<Entity> entities = explain::EntitiesOf(model);
  if (!options.clause.empty()) return ExplainClause(subject, entities, name, options.clause);
  const std::vector<const Entity*> fits = BestFits(subject, entities, name);
  if (fits.size() == 1) return {PageOf(subject, *fits.front()), {}, {}};
  Explanation explanation;
  for (const Entity* entity : fits) {
    explanation.candidates.push_back(fmt::format("{} {} in {}", entity->kind, explain::QualifiedName(model, sources, *entity),
                                                 explain::Place(sources, entity->common->span)));
  }
  if (!fits.empty()) return explanation;
  explanation.page = ModulePage(subject, entities, name);
  if (explanation.page.empty()) explanation.nearest = NearestName(subject, entities, name);
  return explanation;
}

}  // namespace sodc
