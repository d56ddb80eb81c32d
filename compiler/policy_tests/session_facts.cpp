#include "compiler/policy_tests/session_facts.h"

#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/policy_tests/judge_case.h"

namespace sodc {
namespace {

using model::ProvisionAttribute;
using model::ProvisionValue;
using model::Reference;

using HeldThing = std::pair<sod::HeldKind, uint32_t>;
using ThingSet = std::set<HeldThing>;

// A bare name may be that of a duty and of a role: what it was resolved to says which.
sod::NameKind KindOfThing(Reference::Kind kind) {
  if (kind == Reference::Kind::Role) return sod::NameKind::Role;
  return kind == Reference::Kind::Entitlement ? sod::NameKind::Entitlement : sod::NameKind::Duty;
}
sod::HeldKind HeldKindOf(sod::NameKind kind) {
  if (kind == sod::NameKind::Role) return sod::HeldKind::Role;
  return kind == sod::NameKind::Entitlement ? sod::HeldKind::Entitlement : sod::HeldKind::Duty;
}

sod::Result<HeldThing> ThingOf(const model::Model& model, const sod::Table& table, const ProvisionValue& value) {
  const sod::NameKind kinds[] = {KindOfThing(value.reference.kind)};
  const std::string name = NameOf(model, value.reference);
  const auto entity = table.Find(name, kinds);
  if (!entity) return sod::Error{sod::ErrorCode::UnknownName, fmt::format("`{}` is not in the table", name), ""};
  return HeldThing{HeldKindOf(entity->kind), entity->index};
}

std::string_view NameOfThing(const sod::Table& table, const HeldThing& thing) {
  switch (thing.first) {
    case sod::HeldKind::Role: return table.role(thing.second).name;
    case sod::HeldKind::Entitlement: return table.entitlement(thing.second).name;
    case sod::HeldKind::Duty: break;
  }
  return table.duty(thing.second).name;
}

std::string SetInWords(const sod::Table& table, const ThingSet& set) {
  std::vector<std::string_view> names;
  for (const HeldThing& thing : set) names.push_back(NameOfThing(table, thing));
  return names.empty() ? "{ }" : fmt::format("{{ {} }}", fmt::join(names, ", "));
}

constexpr size_t kMostSetsTold = 4;

std::string SetsInWords(const sod::Table& table, const std::set<ThingSet>& sets) {
  std::vector<std::string> words;
  for (const ThingSet& set : sets) {
    if (words.size() == kMostSetsTold) break;
    words.push_back(SetInWords(table, set));
  }
  std::string text = fmt::format("{}", fmt::join(words, ", "));
  if (sets.size() > words.size()) text += fmt::format(" and {} more", sets.size() - words.size());
  return text;
}

bool IsActivation(const ProvisionAttribute& fact) { return fact.keyword == "when activated"; }
bool IsOfSession(const ProvisionAttribute& fact) { return fact.keyword == "session" || IsActivation(fact); }

class OpeningSession {
 public:
  OpeningSession(const model::Model& model, const sod::Table& table, sod::Workspace& workspace, const sod::Subject& subject, sod::Instant at)
      : model_(model), table_(table), workspace_(workspace), subject_(subject), at_(at), things_(sod::ThingsToActivate(subject, at)) {}

  sod::Result<SessionOfCase> Run(const PolicyCase& policy_case, const sod::AskOptions& options) {
    for (const ProvisionAttribute* fact : policy_case.facts) {
      if (!IsOfSession(*fact)) continue;
      for (const ProvisionValue& value : fact->values) {
        if (value.kind != ProvisionValue::Kind::Reference) continue;
        if (auto error = Activate(*fact, value)) return *error;
      }
    }
    auto answer = sod::AskAboutSession(table_, workspace_, subject_, at_, active_, added_, options);
    if (!answer) return answer.error();
    session_.answer = std::move(answer.value());
    return std::move(session_);
  }

 private:
  std::optional<sod::Error> Activate(const ProvisionAttribute& fact, const ProvisionValue& value) {
    const auto thing = ThingOf(model_, table_, value);
    if (!thing) return thing.error();
    const auto [kind, target] = thing.value();
    const auto found = std::ranges::find_if(things_, [&](const sod::SessionThing& held) { return held.kind == kind && held.target == target; });
    if (found == things_.end()) return Refuse(fact, thing.value());
    const auto index = static_cast<uint32_t>(found - things_.begin());
    if (IsActivation(fact)) added_ = index;
    else active_.push_back(index);
    return std::nullopt;
  }

  std::optional<sod::Error> Refuse(const ProvisionAttribute& fact, const HeldThing& thing) {
    const auto why = sod::WhyNotActivated(table_, workspace_, subject_, thing.first, thing.second, at_);
    if (!why) return why.error();
    session_.refused.push_back({&fact, fmt::format("{} cannot be activated: {}", NameOfThing(table_, thing), sod::WordsOf(why.value()))});
    return std::nullopt;
  }

  const model::Model& model_;
  const sod::Table& table_;
  sod::Workspace& workspace_;
  const sod::Subject& subject_;
  const sod::Instant at_;
  const std::vector<sod::SessionThing> things_;
  std::vector<uint32_t> active_;
  std::optional<uint32_t> added_;
  SessionOfCase session_;
};

}  // namespace

bool HasSession(const PolicyCase& policy_case) {
  return std::ranges::any_of(policy_case.facts, [](const ProvisionAttribute* fact) { return IsOfSession(*fact); });
}

bool ExpectsSafeSets(const PolicyCase& policy_case) {
  return std::ranges::any_of(policy_case.expectations, [](const ProvisionAttribute* expectation) { return expectation->keyword == "expect safe"; });
}

sod::Result<SessionOfCase> AskAboutSessionOf(const model::Model& model, const sod::Table& table, sod::Workspace& workspace,
                                             const sod::Subject& subject, sod::Instant at, const sod::AskOptions& options,
                                             const PolicyCase& policy_case) {
  return OpeningSession(model, table, workspace, subject, at).Run(policy_case, options);
}

std::string CompareSafeSets(const model::Model& model, const sod::Table& table, const sod::SessionAnswer& session,
                            const ProvisionAttribute& expectation) {
  if (session.safe_set_count > session.safe_sets.size() || session.is_count_cut_off) {
    return fmt::format("there are more than {} largest sets, and no more are looked at", sod::kMaxSafeSets);
  }
  std::set<ThingSet> expected, found, missing, others;
  for (const auto& indices : session.safe_sets) {
    ThingSet set;
    for (const uint32_t index : indices) set.emplace(session.things[index].kind, session.things[index].target);
    found.insert(std::move(set));
  }
  for (const ProvisionAttribute& stated : expectation.nested) {
    ThingSet set;
    for (const ProvisionValue& value : stated.values) {
      const auto thing = ThingOf(model, table, value);
      if (!thing) return thing.error().message;
      set.insert(thing.value());
    }
    expected.insert(std::move(set));
  }
  std::ranges::set_difference(expected, found, std::inserter(missing, missing.end()));
  std::ranges::set_difference(found, expected, std::inserter(others, others.end()));
  std::string words;
  if (!missing.empty()) words = fmt::format("{} {}", SetsInWords(table, missing), missing.size() == 1 ? "is none of the largest sets" : "are none of the largest sets");
  if (others.empty()) return words;
  return fmt::format("{}{} {}", words.empty() ? "" : words + "; ", SetsInWords(table, others), others.size() == 1 ? "is one" : "are some");
}

}  // namespace sodc
