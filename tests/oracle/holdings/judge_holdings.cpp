// A slow reading of docs/semantics.md, section 1: every holding is followed to everything it gives,
// every rule asks for every element of every side. Nothing is shared with the product.
#include <algorithm>

#include "holdings_world.h"

namespace oracle::holdings {
namespace {

// A holding of a subject: an assignment or a delegation that reaches it.
struct Holding {
  Thing thing;
  int capacity = kUnsaid;
  State state = kActive;
  int account = kUnsaid;
  When when;
};
// A chain of inclusion by which a holding gives a thing: the last role grants it or is it; empty where no role is held.
struct Gift {
  std::vector<int> roles;
  Certainty certainty = Certainty::Sure;
};
// One way in which a holding gives a thing.
struct Way {
  int holding = 0;
  Gift gift;
};

bool Acts(int capacity) { return capacity == kUnsaid || capacity < kActing; }

class Reading {
 public:
  Reading(const World& world, Mistake mistake) : world_(world), mistake_(mistake) {}

  bool Makes(Mistake mistake) const { return mistake_ == mistake; }

  // The actor and everybody whose holdings count for it.
  std::vector<int> Behind(int actor) const {
    std::vector<int> found = {actor};
    const auto add = [&](int other) {
      if (std::find(found.begin(), found.end(), other) == found.end()) found.push_back(other);
    };
    for (size_t i = 0; i < found.size(); ++i) {
      const int current = found[i];
      for (size_t team = 0; team < world_.actors.size() && !Makes(Mistake::ForgetsTeams); ++team) {
        const std::vector<int>& members = world_.actors[team].members;
        if (std::find(members.begin(), members.end(), current) != members.end()) add(static_cast<int>(team));
      }
      if (Makes(Mistake::ForgetsActsAs)) continue;
      for (const int service : world_.actors[static_cast<size_t>(current)].acts_as) add(service);
    }
    return found;
  }

  bool IsUser(const Account& account, const std::vector<int>& actors) const {
    if (account.users.size() > 1 && Makes(Mistake::SharedIsNobodys)) return false;
    return std::any_of(account.users.begin(), account.users.end(), [&](int user) {
      return std::find(actors.begin(), actors.end(), user) != actors.end();
    });
  }

  std::vector<Holding> HoldingsOf(int actor) const {
    const std::vector<int> actors = Behind(actor);
    const auto is_behind = [&](int other) { return std::find(actors.begin(), actors.end(), other) != actors.end(); };
    std::vector<Holding> holdings;
    for (const Assignment& a : world_.assignments) {
      const bool is_held = a.account == kUnsaid ? is_behind(a.actor) : IsUser(world_.accounts[static_cast<size_t>(a.account)], actors);
      if (!is_held || (Makes(Mistake::DelegatorLosesIt) && IsGivenAway(a))) continue;
      holdings.push_back({a.thing, a.capacity, a.state, a.account, a.when});
    }
    for (const Delegation& d : world_.delegations) {
      if (is_behind(d.to) && !Makes(Mistake::DelegateHasNothing)) holdings.push_back({d.thing, kUnsaid, kActive, kUnsaid, d.when});
    }
    return holdings;
  }

  std::vector<Holding> HoldingsOfAccount(int account) const {
    std::vector<Holding> holdings;
    for (const Assignment& a : world_.assignments) {
      if (a.account == account) holdings.push_back({a.thing, a.capacity, a.state, a.account, a.when});
    }
    return holdings;
  }

  // The grants of the duty, in a capacity that the element wants, of the last role and of what it includes.
  void AddGrants(std::vector<int> roles, const Element& wanted, std::vector<Gift>& found) const {
    const Role& record = world_.roles[static_cast<size_t>(roles.back())];
    for (const Grant& grant : record.grants) {
      if (grant.duty == wanted.thing.row && IsWanted(grant.capacity, wanted.capacity)) found.push_back({roles, grant.certainty});
    }
    for (const int included : record.includes) AddGrants(With(roles, included), wanted, found);
  }

  // The chains from the last role to the one that is wanted.
  void AddChains(std::vector<int> roles, int wanted, std::vector<Gift>& found) const {
    if (roles.back() == wanted) found.push_back({roles, Certainty::Sure});
    for (const int included : world_.roles[static_cast<size_t>(roles.back())].includes) AddChains(With(roles, included), wanted, found);
  }

  static std::vector<int> With(std::vector<int> roles, int next) {
    roles.push_back(next);
    return roles;
  }

  bool Includes(int role, int wanted) const {
    const Role& record = world_.roles[static_cast<size_t>(role)];
    return role == wanted || std::any_of(record.includes.begin(), record.includes.end(), [&](int next) { return Includes(next, wanted); });
  }

  // Of a duty: without a word it is held in the first capacity that acts.
  bool IsWanted(int held, int wanted) const {
    if (!world_.has_capacities) return true;
    if (held == kUnsaid) held = 0;
    if (wanted != kUnsaid) return held == wanted;
    return held < kActing || (Makes(Mistake::InformedHolds) && held == 2);
  }

  // Of a role: without a word it counts for each capacity that acts; one that does not act passes nothing on.
  bool GivesRole(const Holding& holding, const Element& wanted) const {
    const bool is_itself = holding.thing.row == wanted.thing.row;
    if (!is_itself && (wanted.is_direct || !Includes(holding.thing.row, wanted.thing.row))) return false;
    const bool acts = Acts(holding.capacity) || (Makes(Mistake::OwnerHolds) && holding.capacity == 3);
    if (wanted.capacity == kUnsaid) return acts;
    if (holding.capacity == kUnsaid) return wanted.capacity < kActing && !Makes(Mistake::UnsaidIsNoMember);
    if (holding.capacity != wanted.capacity) return false;
    return is_itself || acts || Makes(Mistake::OwnerInheritsOwnership);
  }

  // In which ways the holding gives the element.
  std::vector<Gift> Given(const Holding& holding, const Element& wanted) const {
    std::vector<Gift> found;
    if (wanted.thing.is_role) {
      if (holding.thing.is_role && GivesRole(holding, wanted)) AddChains({holding.thing.row}, wanted.thing.row, found);
    } else if (!holding.thing.is_role) {
      if (holding.thing == wanted.thing && IsWanted(holding.capacity, wanted.capacity)) found.push_back({});
    } else if (Acts(holding.capacity) || (Makes(Mistake::OwnerHolds) && holding.capacity == 3)) {
      AddGrants({holding.thing.row}, wanted, found);
    }
    for (Gift& gift : found) {
      if (gift.certainty == Certainty::Undecided && Makes(Mistake::UndecidedIsHeld)) gift.certainty = Certainty::Sure;
    }
    return found;
  }

  bool Counts(const Rule& rule, State state) const {
    if (state == kSuspended) return Makes(Mistake::CountsSuspended);
    if (state == kEligible && Makes(Mistake::ForgetsEligible)) return false;
    const bool is_said = rule.counting != 0 && !Makes(Mistake::IgnoresCounting);
    return ((is_said ? rule.counting : kCounting) >> state & 1) != 0;
  }

  bool IsHeldThen(const Holding& holding, int half) const { return holding.when.At(half) || Makes(Mistake::ForgetsDates); }

 private:
  bool IsGivenAway(const Assignment& assignment) const {
    return std::any_of(world_.delegations.begin(), world_.delegations.end(), [&](const Delegation& d) {
      return assignment.account == kUnsaid && d.from == assignment.actor && d.thing == assignment.thing;
    });
  }

  const World& world_;
  const Mistake mistake_;
};

class Judging {
 public:
  Judging(const World& world, Mistake mistake, int half, std::vector<Holding> holdings)
      : world_(world), reading_(world, mistake), half_(half), holdings_(std::move(holdings)) {}

  Expected Run(bool is_complete) {
    Expected expected;
    bool is_undecided = false;
    int worst = 4;
    for (size_t row = 0; row < world_.rules.size(); ++row) {
      const Rule& rule = world_.rules[row];
      if (AddConflict(row, expected.conflicts)) {
        worst = std::min(worst, rule.mode);
      } else {
        is_undecided |= IsPossible(rule);
      }
    }
    is_undecided |= reading_.Makes(Mistake::IncompleteWithoutCause) && HasUndecided();
    expected.is_complete = is_complete && (!is_undecided || reading_.Makes(Mistake::UndecidedIsNothing));
    constexpr const char* kVerdicts[] = {"denied", "needs_approval", "warned", "observed", "clear"};
    expected.verdict = !expected.is_complete && worst > 0 ? "not_evaluable" : kVerdicts[worst];
    AddHeld(expected.held);
    return expected;
  }

 private:
  // Of the rule and the account (kUnsaid: what is held without one; -2: whatever account).
  static constexpr int kWhatever = -2;

  std::vector<int> AccountsFor(const Rule& rule) const {
    if (!rule.is_per_account || reading_.Makes(Mistake::OneAccountForAll)) return {kWhatever};
    std::set<int> accounts;
    for (const Holding& holding : holdings_) accounts.insert(holding.account);
    return {accounts.begin(), accounts.end()};
  }

  std::vector<Way> WaysTo(const Rule& rule, const Element& element, int account) const {
    std::vector<Way> ways;
    for (size_t i = 0; i < holdings_.size(); ++i) {
      const Holding& holding = holdings_[i];
      if (!reading_.IsHeldThen(holding, half_) || !reading_.Counts(rule, holding.state)) continue;
      if (account != kWhatever && account != holding.account) continue;
      for (Gift& gift : reading_.Given(holding, element)) ways.push_back({static_cast<int>(i), std::move(gift)});
    }
    return ways;
  }

  bool IsHeld(const Rule& rule, const Side& side, int account, bool with_undecided) const {
    return std::any_of(side.begin(), side.end(), [&](const Element& element) {
      const std::vector<Way> ways = WaysTo(rule, element, account);
      return std::any_of(ways.begin(), ways.end(), [&](const Way& way) { return with_undecided || way.gift.certainty != Certainty::Undecided; });
    });
  }

  bool IsViolated(const Rule& rule, int account, bool with_undecided) const {
    const int allowed = rule.sides.size() == 2 ? 1 : rule.at_most;
    int held = 0;
    for (const Side& side : rule.sides) held += IsHeld(rule, side, account, with_undecided) ? 1 : 0;
    return held > allowed;
  }

  bool IsPossible(const Rule& rule) const {
    const std::vector<int> accounts = AccountsFor(rule);
    return std::any_of(accounts.begin(), accounts.end(), [&](int account) { return IsViolated(rule, account, true); });
  }

  // Each element held where the rule is violated, with how many ways there are, and how many of these under a condition alone: one
  // for each chain of roles of each holding (second-ring E33).
  bool AddConflict(size_t row, std::set<std::string>& conflicts) const {
    const Rule& rule = world_.rules[row];
    bool is_violated = false;
    std::vector<int> violated;
    for (const int account : AccountsFor(rule)) {
      if (IsViolated(rule, account, false)) violated.push_back(account);
    }
    is_violated = !violated.empty();
    for (size_t side = 0; side < rule.sides.size() && is_violated; ++side) {
      for (const Element& element : rule.sides[side]) AddElement(row, side, element, violated, conflicts);
    }
    return is_violated;
  }

  void AddElement(size_t row, size_t side, const Element& element, const std::vector<int>& accounts, std::set<std::string>& conflicts) const {
    std::set<std::pair<int, std::vector<int>>> ways, sure;
    for (const int account : accounts) {
      for (const Way& way : WaysTo(world_.rules[row], element, account)) {
        const std::pair chain = {way.holding, reading_.Makes(Mistake::TellsOneChain) ? std::vector<int>() : way.gift.roles};
        if (way.gift.certainty != Certainty::Undecided) ways.insert(chain);
        if (way.gift.certainty == Certainty::Sure) sure.insert(chain);
      }
    }
    if (ways.empty()) return;
    const std::string capacity = element.capacity == kUnsaid ? "" : std::string(" as ") + kCapacityWords[element.capacity];
    conflicts.insert("c" + std::to_string(row) + ":" + std::to_string(side) + " " + NameOf(world_, element.thing) + capacity + " " +
                     std::to_string(ways.size()) + " " + std::to_string(ways.size() - sure.size()));
  }

  bool HasUndecided() const {
    return std::any_of(holdings_.begin(), holdings_.end(), [&](const Holding& holding) {
      for (int duty = 0; duty < world_.duties; ++duty) {
        for (const Gift& gift : reading_.Given(holding, {{false, duty}, kUnsaid, false})) {
          if (gift.certainty == Certainty::Undecided) return true;
        }
      }
      return false;
    });
  }

  // What can be used at any moment.
  void AddHeld(std::set<std::string>& held) const {
    for (const Holding& holding : holdings_) {
      if (!reading_.IsHeldThen(holding, half_) || !reading_.Counts({}, holding.state)) continue;
      for (int duty = 0; duty < world_.duties; ++duty) {
        for (const Gift& gift : reading_.Given(holding, {{false, duty}, kUnsaid, false})) {
          if (gift.certainty != Certainty::Undecided) held.insert("d" + std::to_string(duty));
        }
      }
      for (size_t role = 0; role < world_.roles.size(); ++role) {
        if (!reading_.Given(holding, {{true, static_cast<int>(role)}, kUnsaid, false}).empty()) held.insert("r" + std::to_string(role));
      }
    }
  }

  const World& world_;
  const Reading reading_;
  const int half_;
  const std::vector<Holding> holdings_;
};

bool IsUsed(const World& world, int service) {
  return std::any_of(world.actors.begin(), world.actors.end(), [&](const Actor& actor) {
    return std::find(actor.acts_as.begin(), actor.acts_as.end(), service) != actor.acts_as.end();
  });
}

// Whether one thing held gives the other one, which is delegated.
bool GivesToDelegate(const Reading& reading, const Thing& held, int capacity, const Thing& wanted) {
  const std::vector<Gift> given = reading.Given({held, capacity, kActive, kUnsaid, {}}, {wanted, kUnsaid, false});
  return std::any_of(given.begin(), given.end(), [](const Gift& gift) { return gift.certainty != Certainty::Undecided; });
}

}  // namespace

bool IsRefused(const World& world, Mistake mistake) {
  if (mistake == Mistake::PassesOnFreely) return false;
  const Reading reading(world, Mistake::None);
  for (const Delegation& d : world.delegations) {
    const std::vector<int> behind = reading.Behind(d.from);
    const auto is_behind = [&](int actor) { return std::find(behind.begin(), behind.end(), actor) != behind.end(); };
    bool is_own = false, is_delegated = false, is_allowed = false;
    for (const Assignment& a : world.assignments) {
      const bool is_his = a.account == kUnsaid ? is_behind(a.actor) : reading.IsUser(world.accounts[static_cast<size_t>(a.account)], behind);
      const bool is_usable = a.state != kRequested && a.state != kSuspended && Acts(a.capacity);
      is_own |= is_his && is_usable && a.when.Meets(d.when) && GivesToDelegate(reading, a.thing, a.capacity, d.thing);
    }
    for (const Delegation& other : world.delegations) {
      if (!is_behind(other.to) || !other.when.Meets(d.when) || !GivesToDelegate(reading, other.thing, kUnsaid, d.thing)) continue;
      is_delegated = true;
      is_allowed |= other.may_be_passed_on;
    }
    if (!is_own && is_delegated && !is_allowed) return true;
  }
  return false;
}

std::vector<Judged> Judge(const World& world, int half, Mistake mistake) {
  const Reading reading(world, mistake);
  std::vector<Judged> judged;
  const auto add = [&](int actor) {
    judged.push_back({NameOfActor(world, actor),
                      Judging(world, mistake, half, reading.HoldingsOf(actor)).Run(!world.actors[static_cast<size_t>(actor)].is_vacant)});
  };
  for (size_t i = 0; i < world.actors.size(); ++i) {
    if (world.actors[i].kind == ActorKind::Person) add(static_cast<int>(i));
  }
  for (size_t i = 0; i < world.actors.size(); ++i) {
    const int row = static_cast<int>(i);
    const bool is_alone = world.actors[i].kind == ActorKind::Team ? world.actors[i].members.empty()
                                                                   : world.actors[i].kind == ActorKind::Service && !IsUsed(world, row);
    if (is_alone && !Reading(world, Mistake::None).HoldingsOf(row).empty()) add(row);
  }
  for (size_t i = 0; i < world.accounts.size(); ++i) {
    const bool is_held = std::any_of(world.assignments.begin(), world.assignments.end(),
                                     [&](const Assignment& a) { return a.account == static_cast<int>(i); });
    if (!world.accounts[i].users.empty() || !is_held) continue;
    judged.push_back({"sys:a" + std::to_string(i), Judging(world, mistake, half, reading.HoldingsOfAccount(static_cast<int>(i))).Run(false)});
  }
  return judged;
}

const char* NameOf(Mistake mistake) {
  constexpr const char* kNames[] = {
      "none", "counts suspended", "forgets eligible", "ignores counting", "owner holds", "informed holds", "owner inherits ownership",
      "unsaid is no member", "undecided is held", "undecided is nothing", "incomplete without cause", "delegate has nothing",
      "delegator loses it", "forgets acts as", "forgets teams", "shared is nobody's", "one account for all", "passes on freely", "forgets dates",
      "tells one chain"};
  return kNames[static_cast<int>(mistake)];
}

}  // namespace oracle::holdings
