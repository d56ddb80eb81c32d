// Facts of a loaded table: its sections as they are, its people through libsod.
#include "runtime/documents/facts.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "runtime/core/amendments.h"
#include "runtime/core/boxes.h"
#include "runtime/documents/marks.h"

namespace sod::documents {

namespace {

void CopySections(const core::Image& image, Facts& facts) {
#define SOD_SECTION(number, Name, Row, Kind) facts.Name = image.Name();
#include "runtime/format/records.def"
  facts.string_offsets = image.string_offsets();
  facts.string_bytes = image.Text(0).data();
}

// The rules whose amendment has ended are printed as they are again.
void RestoreRules(Facts& facts) {
  const auto is_over = [&](const auto& amendment) { return facts.as_of >= amendment.until; };
  if (!std::ranges::any_of(facts.RuleAmendments, is_over)) return;
  auto rules = std::make_shared<std::vector<format::RuleRecord>>(facts.Rules.begin(), facts.Rules.end());
  for (const auto& amendment : facts.RuleAmendments) {
    if (is_over(amendment)) core::Restore(amendment, (*rules)[amendment.rule]);
  }
  facts.Rules = *rules;
  facts.restored_rules = std::move(rules);
}

bool Contains(const Holding& holding, Instant at) { return holding.from <= at && at < holding.until; }

// What is held in another state than active says so: suspended, it counts for nothing.
std::string_view WordFor(HoldingState state) {
  switch (state) {
    case HoldingState::Active: return "";
    case HoldingState::Eligible: return "eligible";
    case HoldingState::Requested: return "requested";
    case HoldingState::Suspended: return "suspended";
    case HoldingState::Emergency: return "emergency";
  }
  return "";
}

std::string With(std::string way, std::string_view words) {
  if (words.empty()) return way;
  return way.append(way.empty() ? "" : ", ").append(words);
}

// The steps between the subject and what it holds: "team Platform, Release manager".
std::string WordsFor(const Path& path) {
  std::string out;
  for (size_t i = 1; i + 1 < path.size(); ++i) {
    const PathStep& step = path[i];
    if (!out.empty()) out += ", ";
    if (step.kind != "role") out.append(step.kind).append(" ");
    // An identifier means an account only with its system, as in the id.
    out += step.title.empty() || step.kind == "account" ? step.id : step.title;
  }
  return out;
}

// Collects what one subject holds, each thing once, in the table's order.
class HeldItems {
 public:
  HeldItems(const sod::Table& table, const Facts& facts) : table_(table), facts_(facts), capacities_(core::CapacityScale(table.image())) {}

  void Add(const Holding& holding) {
    marks_ = MarksOf(holding.state);
    const std::string origin = OriginOf(holding);
    if (holding.kind == HeldKind::Duty) {
      Put(duties_, holding.target, holding.level, holding.until, WithState(origin, holding));
      return;
    }
    if (holding.kind == HeldKind::Entitlement) {
      const format::EntitlementRecord& entitlement = facts_.Entitlements[holding.target];
      for (const auto& held : Slice(facts_.EntitlementDuties, entitlement.duties_first, entitlement.duties_count)) {
        Put(duties_, held.duty, kNone, holding.until, WithState(origin, holding));
      }
      return;
    }
    const format::RoleRecord& role = facts_.Roles[holding.target];
    Put(roles_, holding.target, kNone, holding.until, WithState(origin, holding));
    if (!Acts(holding)) return;  // who owns a role does not hold what it gives
    std::string through = "via " + std::string(facts_.TitleOf(role));
    if (!origin.empty()) through.append(", ").append(origin.substr(4));  // one "via" is enough
    through = WithState(through, holding);
    for (uint32_t included : IncludedRoles(holding.target)) Put(roles_, included, kNone, holding.until, through);
    for (const auto& held : Slice(facts_.RoleDuties, role.duties_first, role.duties_count)) {
      Put(duties_, held.duty, held.level, holding.until, through);
    }
  }

  // What several permissions confer together: by all of these ways.
  void AddTogether(const HeldDuty& held) {
    if (held.together.empty()) return;
    std::string way = "together ";
    for (const Path& path : held.together) way.append(way.size() > 9 ? " and via " : "via ").append(WordsFor(path));
    if (held.more_together != 0) way += " and " + std::to_string(held.more_together) + " more";
    Put(duties_, held.duty, kNone, held.until, way);
  }

  void Take(Holder& holder) {
    holder.roles = Finish(roles_, /*has_levels=*/false);
    holder.duties = Finish(duties_, /*has_levels=*/true);
  }

 private:
  struct Item {
    uint32_t target, level;
    Instant until;
    std::vector<std::string> ways;
    bool is_direct;
    Marks marks;
  };

  // "eligible, as Owner, in Motor": whatever of a holding is not as it usually is.
  std::string WithState(std::string way, const Holding& holding) const {
    way = With(std::move(way), WordFor(holding.state));
    if (holding.capacity != kNone && capacities_ != kNone && holding.capacity != core::DefaultCapacity(table_.image())) {
      way = With(std::move(way), "as " + std::string(facts_.TitleOf(CapacityOf(holding))));
    }
    const std::string place = PlaceOf(holding.box);
    return place.empty() ? way : With(std::move(way), "in " + place);
  }

  // "Motor and Property", "Berlin, Production": the places of each dimension that is not whole.
  std::string PlaceOf(const ScopeBox& box) const {
    std::string words;
    for (uint32_t dimension = 0; dimension < table_.dimension_count(); ++dimension) {
      if (box[dimension] == ScopeInterval{}) continue;
      std::string names;
      for (const ScopePlace& place : table_.PlacesOf(dimension, box[dimension])) {
        if (place.node != kNone) names.append(names.empty() ? "" : " and ").append(table_.scope_node(place.node).title);
      }
      words = With(std::move(words), names);
    }
    return words;
  }

  const format::ScaleMemberRecord& CapacityOf(const Holding& holding) const {
    return facts_.ScaleMembers[facts_.Scales[capacities_].members_first + holding.capacity];
  }

  bool Acts(const Holding& holding) const { return core::CountsInCapacity(table_.image(), holding.capacity, kNone); }

  std::string OriginOf(const Holding& holding) const {
    if (holding.delegation != kNone) {
      const uint32_t delegator = facts_.Delegations[holding.delegation].delegator;
      return "via delegation by " + std::string(facts_.TitleOf(facts_.Actors[delegator]));
    }
    if (holding.assignment == kNone) return "";
    const format::AssignmentRecord& assignment = facts_.Assignments[holding.assignment];
    if (assignment.account != kNone) {
      const format::AccountRecord& account = facts_.Accounts[assignment.account];
      return "via account " + std::string(facts_.Text(facts_.Systems[account.system].name)) + ":" +
             std::string(facts_.Text(account.identifier));
    }
    if (assignment.actor == kNone || facts_.Actors[assignment.actor].kind != format::ActorKind::Team) return "";
    return "via team " + std::string(facts_.TitleOf(facts_.Actors[assignment.actor]));
  }

  std::vector<uint32_t> IncludedRoles(uint32_t role) const {
    std::vector<uint32_t> out = {role};
    std::vector<bool> is_seen(facts_.Roles.size());
    is_seen[role] = true;
    for (size_t next = 0; next < out.size(); ++next) {
      const format::RoleRecord& record = facts_.Roles[out[next]];
      for (const auto& ref : Slice(facts_.RoleIncludes, record.includes_first, record.includes_count)) {
        if (!is_seen[ref.role]) out.push_back(ref.role);
        is_seen[ref.role] = true;
      }
    }
    out.erase(out.begin());
    return out;
  }

  uint32_t TopLevel() const {
    const uint32_t scale = facts_.meta().access_scale;
    return scale == kNone ? 0 : facts_.Scales[scale].members_count - 1;
  }

  void Put(std::vector<Item>& items, uint32_t target, uint32_t level, Instant until, const std::string& through) {
    if (level == kNone) level = TopLevel();
    auto item = std::find_if(items.begin(), items.end(), [&](const Item& i) { return i.target == target; });
    if (item == items.end()) {
      items.push_back({target, level, until, {}, false, 0});
      item = items.end() - 1;
    }
    item->marks |= marks_ | (through.find("via ") != std::string::npos ? BitOf(Mark::Via) : 0);
    item->level = std::max(item->level, level);
    item->until = std::max(item->until, until);
    if (through.empty()) {
      item->is_direct = true;
    } else if (std::find(item->ways.begin(), item->ways.end(), through) == item->ways.end()) {
      item->ways.push_back(through);
    }
  }

  std::vector<HeldItem> Finish(std::vector<Item>& items, bool has_levels) const {
    std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.target < b.target; });
    std::vector<HeldItem> out;
    for (Item& item : items) {
      HeldItem& held = out.emplace_back();
      held.target = item.target;
      held.until = item.until;
      held.ways = std::move(item.ways);
      held.marks = item.marks;
      if (item.is_direct && !held.ways.empty()) held.ways.insert(held.ways.begin(), "directly");
      if (has_levels && item.level < TopLevel()) held.level_words = LevelWords(facts_, item.level);
    }
    return out;
  }

  const sod::Table& table_;
  const Facts& facts_;
  const uint32_t capacities_;  // row of the scale, or none
  std::vector<Item> roles_, duties_;
  Marks marks_ = 0;  // of the holding that is added
};

HeldElement WordsFor(const Facts& facts, const Witness& witness) {
  HeldElement out;
  switch (witness.kind) {
    case HeldKind::Role: out.what = facts.TitleOf(facts.Roles[witness.target]); break;
    case HeldKind::Duty: out.what = facts.TitleOf(facts.Duties[witness.target]); break;
    case HeldKind::Entitlement: out.what = facts.TitleOf(facts.Entitlements[witness.target]); break;
  }
  for (const Path& path : witness.paths) {
    const std::string way = WordsFor(path);
    if (!out.ways.empty()) out.ways += "; ";
    out.ways.append(way.empty() ? "assigned directly" : "via ").append(way);
  }
  if (witness.more_paths != 0) out.ways += "; and " + std::to_string(witness.more_paths) + " more";
  return out;
}

Holder HolderOf(const sod::Table& table, const Facts& facts, const Subject& subject) {
  Holder holder;
  holder.kind = subject.kind;
  holder.id = subject.id;
  const bool is_account = subject.kind == SubjectKind::Account;  // its id names the system as well
  holder.title = subject.title.empty() || is_account ? subject.id : subject.title;
  holder.is_complete = subject.is_complete;
  constexpr std::array<NameKind, 6> kActors = {NameKind::Person,  NameKind::Team, NameKind::External,
                                               NameKind::Service, NameKind::Tool, NameKind::Agent};
  if (!is_account) {
    if (const Result<Entity> entity = table.Find(subject.id, kActors); entity.ok()) {
      holder.actor = entity.value().index;
      const format::ActorRecord& actor = facts.Actors[holder.actor];
      holder.is_vacant = actor.is_vacant != 0;
      holder.description = facts.Text(actor.description);
    }
  }
  for (const SubjectAccount& account : subject.accounts) {
    holder.accounts.push_back(std::string(account.system) + ":" + std::string(account.identifier));
  }
  return holder;
}

// The whole answer for one subject.
std::optional<Error> Judge(const sod::Table& table, Workspace& workspace, const Subject& subject,
                           uint32_t row, Facts& facts) {
  Holder& holder = facts.holders[row];
  HeldItems items(table, facts);
  for (const Holding& holding : subject.holdings) {
    if (Contains(holding, facts.as_of)) items.Add(holding);
  }
  Result<Answer> answer = Ask(table, workspace, subject, facts.as_of, std::nullopt);
  if (!answer.ok()) return answer.error();
  for (const HeldDuty& held : answer->duties) items.AddTogether(held);
  items.Take(holder);
  holder.verdict = answer->verdict;
  for (const Conflict& conflict : answer->conflicts) {
    HeldConflict& held = holder.conflicts.emplace_back();
    held.rule = conflict.rule;
    held.disposition = conflict.disposition;
    JudgedHit& hit = facts.rule_hits[conflict.rule].emplace_back(row, conflict.disposition, conflict.residual);
    for (const JudgedControl& control : conflict.controls) {
      JudgedHit::OneControl& one = hit.controls.emplace_back();
      one.control = control.control;
      one.counts = control.counts();
      if (one.counts) continue;
      const RejectedBecause& first = control.because.front();
      one.reason = first.reason;
      one.is_run_by_nothing = first.path.size() == 1 && first.path.front().edge == "system";
    }
    for (const ConflictSide& side : conflict.sides) {
      for (const Witness& witness : side.witnesses) held.held.push_back(WordsFor(facts, witness));
    }
  }
  return std::nullopt;
}

std::vector<Holding> InStates(const Subject& subject, std::initializer_list<HoldingState> states) {
  std::vector<Holding> out;
  for (const Holding& holding : subject.holdings) {
    if (std::ranges::find(states, holding.state) != states.end()) out.push_back(holding);
  }
  return out;
}

bool Violates(Workspace& workspace, const std::vector<Holding>& holdings, Instant at, uint32_t rule, uint32_t holder) {
  return std::ranges::binary_search(workspace.Violations(holdings, at, holder), rule);
}

// The state without which the rule is not violated, in words.
std::string_view StateNeeded(Workspace& workspace, const Subject& subject, Instant at, uint32_t rule) {
  using enum HoldingState;
  if (Violates(workspace, InStates(subject, {Active}), at, rule, subject.actor)) return "";
  if (Violates(workspace, InStates(subject, {Active, Eligible}), at, rule, subject.actor)) return "eligible";
  if (Violates(workspace, InStates(subject, {Active, Emergency}), at, rule, subject.actor)) return "emergency";
  if (Violates(workspace, InStates(subject, {Active, Requested}), at, rule, subject.actor)) return "requested";
  return "in several states";
}

void AddViolations(Workspace& workspace, const Subject& subject, uint32_t row, Facts& facts) {
  const auto copy = [](std::span<const uint32_t> rules) { return std::vector<uint32_t>(rules.begin(), rules.end()); };
  const std::vector<uint32_t> violated = copy(workspace.Violations(subject.holdings, facts.as_of, subject.actor));
  for (uint32_t rule : workspace.PossibleViolations(subject.holdings, facts.as_of, subject.actor)) {
    if (!std::ranges::binary_search(violated, rule)) facts.rule_undecided[rule].push_back(row);
  }
  const bool is_all_active = std::ranges::all_of(subject.holdings, [](const Holding& holding) {
    return holding.state == HoldingState::Active;
  });
  for (uint32_t rule : violated) {
    facts.rule_violators[rule].push_back(row);
    facts.violator_states[rule].push_back(is_all_active ? "" : StateNeeded(workspace, subject, facts.as_of, rule));
  }
}

// Two people of one title would read as one person: each is told with the name that is declared.
void TellApart(std::vector<Holder>& holders) {
  std::map<std::string, size_t> counts;
  for (const Holder& holder : holders) ++counts[holder.title];
  for (Holder& holder : holders) {
    if (counts[holder.title] > 1 && holder.title != holder.id) holder.title += " [" + holder.id + "]";
  }
}

std::optional<Error> ReadPeople(const sod::Table& table, PeopleDepth depth, Facts& facts) {
  facts.element_holders.resize(facts.Elements.size());
  facts.rule_violators.resize(facts.Rules.size());
  facts.violator_states.resize(facts.Rules.size());
  facts.rule_undecided.resize(facts.Rules.size());
  facts.rule_hits.resize(facts.Rules.size());
  if (depth == PeopleDepth::None) return std::nullopt;
  Workspace workspace(table);
  for (const Subject& subject : AllSubjects(table)) {
    const uint32_t row = static_cast<uint32_t>(facts.holders.size());
    facts.holders.push_back(HolderOf(table, facts, subject));
    AddViolations(workspace, subject, row, facts);
    workspace.Violations(subject.holdings, facts.as_of, subject.actor);  // HoldsElement speaks of the last call
    for (uint32_t element = 0; element < facts.Elements.size(); ++element) {
      if (workspace.HoldsElement(element)) facts.element_holders[element].push_back(row);
    }
    if (depth != PeopleDepth::Conflicts) continue;
    if (std::optional<Error> error = Judge(table, workspace, subject, row, facts)) return error;
  }
  TellApart(facts.holders);
  return std::nullopt;
}

}  // namespace

std::string LevelWords(const Facts& facts, uint32_t level) {
  const format::ScaleRecord& scale = facts.Scales[facts.meta().access_scale];
  const format::ScaleMemberRecord& member = facts.ScaleMembers[scale.members_first + level];
  return std::string(member.shown != 0 ? facts.Text(member.shown) : facts.TitleOf(member));
}

Result<Facts> ReadFacts(const sod::Table& table, const MatrixOptions& options, PeopleDepth depth) {
  Facts facts;
  CopySections(table.image(), facts);
  facts.as_of = options.as_of;
  RestoreRules(facts);
  facts.tool_version = options.tool_version;
  facts.table_sha256 = table.table_sha256();
  if (std::optional<Error> error = ReadPeople(table, depth, facts)) return std::move(*error);
  return facts;
}

}  // namespace sod::documents
