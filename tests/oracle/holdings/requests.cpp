// A request is not evaluable exactly if some way of deciding what is undecided lets it introduce a
// conflict that it does not introduce with all of that decided against (docs/semantics.md, section 3).
#include "requests.h"

#include <algorithm>
#include <cstdio>
#include <set>
#include <utility>
#include <vector>

#include "../product/policy_under_test.h"
#include "make_worlds.h"

namespace oracle::holdings {
namespace {

// The wrong readings: whatever is undecided stops every request; nothing undecided stops any; what is
// undecided without the request is taken for held.
enum class Reading { Right, StopsAll, StopsNone, UndecidedIsHeldBefore };

// A grant that is not decided: of a role, a duty.
using Undecided = std::pair<int, int>;

struct Ask {
  std::vector<Thing> held;
  Thing request;
};

class Deciding {
 public:
  Deciding(const World& world, Reading reading) : world_(world), reading_(reading) {}

  std::string VerdictOn(const Ask& ask) const {
    std::vector<Undecided> open;
    for (const Thing& thing : ask.held) AddUndecided(thing, open);
    const bool has_open_before = !open.empty();
    AddUndecided(ask.request, open);
    const std::set<size_t> certain = IntroducedBy(ask, {});
    bool may_introduce = false;
    for (size_t decision = 1; decision < size_t{1} << open.size(); ++decision) {
      std::set<Undecided> yes;
      for (size_t i = 0; i < open.size(); ++i) {
        if ((decision >> i & 1) != 0) yes.insert(open[i]);
      }
      for (const size_t rule : IntroducedBy(ask, yes)) may_introduce |= !certain.contains(rule);
    }
    if (reading_ == Reading::StopsAll) may_introduce |= has_open_before;
    if (reading_ == Reading::StopsNone) may_introduce = false;
    int worst = 4;
    for (const size_t rule : certain) worst = std::min(worst, world_.rules[rule].mode);
    constexpr const char* kVerdicts[] = {"denied", "needs_approval", "warned", "observed", "clear"};
    return may_introduce && worst > 0 ? "not_evaluable" : kVerdicts[worst];
  }

 private:
  void AddUndecided(const Thing& thing, std::vector<Undecided>& open) const {
    if (!thing.is_role) return;
    const Role& role = world_.roles[static_cast<size_t>(thing.row)];
    for (const Grant& grant : role.grants) {
      const Undecided one = {thing.row, grant.duty};
      const bool is_known = std::find(open.begin(), open.end(), one) != open.end();
      if (grant.certainty == Certainty::Undecided && !is_known) open.push_back(one);
    }
    for (const int included : role.includes) AddUndecided({true, included}, open);
  }

  void AddDuties(const Thing& thing, const std::set<Undecided>& yes, std::set<int>& duties) const {
    if (!thing.is_role) {
      duties.insert(thing.row);
      return;
    }
    const Role& role = world_.roles[static_cast<size_t>(thing.row)];
    for (const Grant& grant : role.grants) {
      if (grant.certainty != Certainty::Undecided || yes.contains({thing.row, grant.duty})) duties.insert(grant.duty);
    }
    for (const int included : role.includes) AddDuties({true, included}, yes, duties);
  }

  // The rules that the request introduces, decided so.
  std::set<size_t> IntroducedBy(const Ask& ask, const std::set<Undecided>& yes) const {
    std::set<int> before, after;
    for (const Thing& thing : ask.held) AddDuties(thing, yes, before);
    after = before;
    AddDuties(ask.request, yes, after);
    if (reading_ == Reading::UndecidedIsHeldBefore) {
      std::vector<Undecided> open;
      for (const Thing& thing : ask.held) AddUndecided(thing, open);
      for (const Undecided& grant : open) before.insert(grant.second);
    }
    std::set<size_t> introduced;
    for (size_t row = 0; row < world_.rules.size(); ++row) {
      const Rule& rule = world_.rules[row];
      int held = 0;
      bool has_new = false;
      for (const Side& side : rule.sides) {
        const int duty = side.front().thing.row;  // each side is one duty in this world
        held += after.contains(duty) ? 1 : 0;
        has_new |= after.contains(duty) && !before.contains(duty);
      }
      const int allowed = rule.sides.size() == 2 ? 1 : rule.at_most;
      if (held > allowed && has_new) introduced.insert(row);
    }
    return introduced;
  }

  const World& world_;
  const Reading reading_;
};

std::vector<Thing> HeldBy(const World& world, int actor) {
  std::vector<Thing> held;
  for (const Assignment& assignment : world.assignments) {
    if (assignment.actor == actor) held.push_back(assignment.thing);
  }
  return held;
}

struct Asked {
  Ask ask;
  std::string got;
};

std::vector<Asked> AskAll(const World& world, PolicyUnderTest& policy) {
  std::vector<Asked> asked;
  std::vector<Thing> requests;
  for (int duty = 0; duty < world.duties; ++duty) requests.push_back({false, duty});
  for (size_t role = 0; role < world.roles.size(); ++role) requests.push_back({true, static_cast<int>(role)});
  for (size_t actor = 0; actor < world.actors.size(); ++actor) {
    for (const Thing& request : requests) {
      sod::Holding holding;
      holding.kind = request.is_role ? sod::HeldKind::Role : sod::HeldKind::Duty;
      const std::string name = NameOf(world, request);
      holding.target = request.is_role ? policy.table().FindRole(name).value() : policy.table().FindDuty(name).value();
      const auto answer = policy.Ask(policy.subjects()[actor], 0, holding);
      const std::string got = answer ? std::string(sod::SpellingOf(*answer.value().request_verdict)) : answer.error().message;
      asked.push_back({{HeldBy(world, static_cast<int>(actor)), request}, got});
    }
  }
  return asked;
}

size_t DisagreementsWith(const World& world, const std::vector<Asked>& asked, Reading reading) {
  const Deciding deciding(world, reading);
  size_t wrong = 0;
  for (const Asked& one : asked) {
    const std::string expected = deciding.VerdictOn(one.ask);
    if (expected == one.got || ++wrong > 3 || reading != Reading::Right) continue;
    std::string held;
    for (const Thing& thing : one.ask.held) held += " " + NameOf(world, thing);
    std::printf("holding%s, asking for %s: expected %s, got %s\n", held.c_str(), NameOf(world, one.ask.request).c_str(),
                expected.c_str(), one.got.c_str());
  }
  return wrong;
}

}  // namespace

bool RunRequests(const std::string& folder) {
  const World world = CertaintiesWorld();
  PolicyUnderTest policy(Text(world), folder);
  if (!policy.problem().empty()) {
    std::printf("%s\n", policy.problem().c_str());
    return false;
  }
  const std::vector<Asked> asked = AskAll(world, policy);
  const auto open = std::count_if(asked.begin(), asked.end(), [](const Asked& one) { return one.got == "not_evaluable"; });
  const size_t wrong = DisagreementsWith(world, asked, Reading::Right);
  std::printf("F8 requests: %zu answers, %zd not evaluable, %zu disagreements\n", asked.size(), static_cast<ptrdiff_t>(open), wrong);
  bool is_right = wrong == 0 && asked.size() == 1'122 * 35 && open > 0;
  for (const Reading reading : {Reading::StopsAll, Reading::StopsNone, Reading::UndecidedIsHeldBefore}) {
    const size_t seen = DisagreementsWith(world, asked, reading);
    std::printf("  wrong reading %d: %zu disagreements\n", static_cast<int>(reading), seen);
    is_right &= seen > 0;
  }
  return is_right;
}

}  // namespace oracle::holdings
