// A page under construction: a headline, what is said of it, sections that are left out when
// they are empty. Private to compiler/explain.
#ifndef SODC_EXPLAIN_PAGE_H_
#define SODC_EXPLAIN_PAGE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/explain/entities.h"

namespace sodc::explain {

class Page {
 public:
  void Line(std::string_view line) { text_.append(line).append("\n"); }
  // `word: text`, when there is a text.
  void Fact(std::string_view word, std::string_view text);
  // At most a screenful of lines; a count stands for the others.
  void Section(std::string_view title, const std::vector<std::string>& lines);
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

struct Subject {
  const model::Model& model;
  const SourceManager& sources;
  bool is_about_policy;
  std::optional<Instant> as_of = {};
};

// `duty pay "Pay"`, the description, where it is declared.
void AddHead(const Subject& subject, const Entity& entity, Page& page);
// What its kind has to say.
void AddFacts(const Subject& subject, const Entity& entity, Page& page);
void AddProvision(const Subject& subject, model::ProvisionId id, Page& page);
// The waivers, reviews, … that name it by one of their attributes.
void AddNaming(const Subject& subject, model::Reference::Kind kind, uint32_t row, Page& page);
void AddEntitlement(const model::Model& model, model::EntitlementId id, Page& page);
void AddConferredBy(const model::Model& model, model::DutyId id, Page& page);
// Who holds a duty, an entitlement or a role, directly and through roles and teams.
void AddHolders(const Subject& subject, const Entity& entity, Page& page);
// The conflicts that name it, their controls, and what it is compatible with.
void AddRules(const Subject& subject, const Entity& entity, Page& page);

// What names it from elsewhere: entitlements, delegations, other systems; what holds in a value of a scope.
void AddTouching(const Subject& subject, const Entity& entity, Page& page);
// The policy's own attributes of it.
void AddAttributes(const Subject& subject, const Entity& entity, Page& page);

// `a/b (must, deny, risk high): a with b, in the same company`
std::string RuleLine(const model::Model& model, const model::Conflict& conflict);

std::string ClausePage(const Subject& subject, model::ClauseId clause);
// What controls and conflicts satisfy one of the clauses.
std::vector<std::string> SatisfiedBy(const model::Model& model, const std::vector<model::ClauseId>& clauses);

// `name "Title"`, or the name alone when the title adds nothing.
std::string Label(const model::Common& common);
std::string Place(const SourceManager& sources, Span span);  // `roles.sod:12`
std::string Join(const std::vector<std::string>& words);

template <typename Rows, typename Id>
std::string NamesOf(const Rows& rows, const std::vector<Id>& ids) {
  std::vector<std::string> names;
  for (const Id id : ids) names.push_back(rows[id].common.name);
  return Join(names);
}

}  // namespace sodc::explain

#endif  // SODC_EXPLAIN_PAGE_H_
