// Events in order of time, and for each what rules per object make of it: certain for whoever did it for
// certain; what is unknown is never "no" (second-ring E4, E8, E13).
#include "runtime/histories/engine.h"

#include <algorithm>
#include <utility>

#include "runtime/histories/processes.h"

namespace sod::histories {

Engine::Engine(const Table& table, Workspace& workspace, const History& history)
    : table_(table), image_(table.image()), history_(history), rules_(table), parties_(table_), people_(table_, workspace) {}

Engine::~Engine() = default;

namespace {

void Join(Mask& mask, const Mask& more) {
  for (size_t i = 0; i < mask.size(); ++i) mask[i] |= more[i];
}

Error BadHistory(const char* why) { return {ErrorCode::BadArgument, std::string("the history ") + why, ""}; }

}  // namespace

// ---- Bounds

std::optional<Error> Engine::Check(std::span<const HistoryEvent> events) {
  if (events.size() > kMaxHistoryEvents || history_.objects.size() > kMaxHistoryEvents) {
    return Error{ErrorCode::LimitExceeded, "a history has at most " + std::to_string(kMaxHistoryEvents) + " events and objects", ""};
  }
  states_.resize(history_.objects.size());
  parts_.assign(history_.objects.size(), {});
  acts_of_.resize(history_.objects.size());
  for (uint32_t object = 0; object < history_.objects.size(); ++object) {
    const HistoryObject& record = history_.objects[object];
    if (record.kind >= image_.ObjectKinds().size()) return BadHistory("names a kind of object that does not exist");
    if (record.part_of == kNone) continue;
    if (record.part_of >= history_.objects.size()) return BadHistory("names an object that does not exist");
    if (history_.objects[record.part_of].kind != image_.ObjectKinds()[record.kind].part_of) {
      return BadHistory("has an object that is part of one of another kind");  // kinds are a forest: no circles, either
    }
    parts_[record.part_of].push_back(object);
  }
  for (const HistoryEvent& event : events) {
    if (event.object >= history_.objects.size()) return BadHistory("names an object that does not exist");
    const size_t rows = event.kind == EventKind::Act        ? image_.Duties().size()
                        : event.kind == EventKind::Relation ? image_.ObjectRelations().size()
                                                            : image_.ActApprovals().size();
    if (event.row >= rows) return BadHistory("names a duty, relation or approval that does not exist");
    if (event.kind == EventKind::Relation && KindOfRelation(image_, event.row) != history_.objects[event.object].kind) {
      return BadHistory("states a relation that the kind of the object does not have");
    }
    const bool has_actors = (event.actor == kNone || event.actor < image_.Actors().size()) &&
                            (event.on_behalf_of == kNone || event.on_behalf_of < image_.Actors().size()) &&
                            (event.account == kNone || event.account < image_.Accounts().size());
    if (!has_actors) return BadHistory("names an actor or account that does not exist");
    uint32_t depth = 0;
    for (uint32_t object = event.object; object != kNone; object = history_.objects[object].part_of) {
      if (++depth > kMaxObjectDepth) {
        return Error{ErrorCode::LimitExceeded, "objects lie at most " + std::to_string(kMaxObjectDepth) + " deep in each other", ""};
      }
      if (++acts_of_[object] > kMaxEventsOfObject) {
        return Error{ErrorCode::LimitExceeded, ObjectInWords(object) + " and its parts have more than " + std::to_string(kMaxEventsOfObject) + " events", ""};
      }
    }
  }
  return std::nullopt;
}

std::optional<Error> Engine::CheckValues() const {
  if (history_.values.size() > kMaxHistoryValues) {
    return Error{ErrorCode::LimitExceeded, "a history says at most " + std::to_string(kMaxHistoryValues) + " values of objects", ""};
  }
  for (const HistoryValue& value : history_.values) {
    if (value.object >= history_.objects.size()) return BadHistory("says something of an object that does not exist");
    const format::ObjectKindRecord& kind = image_.ObjectKinds()[history_.objects[value.object].kind];
    const bool is_its_own = value.attribute >= kind.attributes_first && value.attribute - kind.attributes_first < kind.attributes_count;
    if (!is_its_own) return BadHistory("says something of an object that its kind does not have");
    if (value.value.lo > value.value.hi) return BadHistory("states a value that is none");
  }
  return std::nullopt;
}

// ---- Order

std::vector<uint32_t> Engine::InOrder(Instant at) {
  std::vector<uint32_t> order;
  for (uint32_t event = 0; event < history_.events.size(); ++event) {
    if (history_.events[event].at <= at) order.push_back(event);
    else ++report_.later;
  }
  std::ranges::stable_sort(order, {}, [&](uint32_t event) { return history_.events[event].at; });
  std::map<uint32_t, Instant> last;
  horizon_ = at;
  for (const uint32_t event : order) {
    const HistoryEvent& what = history_.events[event];
    if (what.kind == EventKind::Relation) {
      stated_.emplace(what.object, what.row);
      relations_of_[what.object].push_back(event);
    }
    if (what.at == kBeginningOfTime) continue;
    const auto [place, is_new] = last.try_emplace(what.object, what.at);
    report_.has_equal_times |= !is_new && place->second == what.at;
    place->second = what.at;
    if (at == kEndOfTime) horizon_ = what.at;
  }
  return order;
}

HistoryReport Engine::Run(const HistoryOptions& options, const HistoryEvent* asked) {
  asked_ = asked;
  std::vector<uint32_t> order = InOrder(asked == nullptr ? options.at : asked->at);
  if (asked != nullptr) order.push_back(static_cast<uint32_t>(history_.events.size()));
  values_.emplace(image_, history_);
  report_.has_equal_times |= values_->HasEqualTimes(asked == nullptr ? options.at : asked->at);
  report_.not_judged = rules_.not_judged();
  processes_ = std::make_unique<Processes>(*this, table_);
  for (const uint32_t event : order) {
    Happened happened = {event, &EventAt(event), 0, {}};
    happened.at = happened.what->at == kBeginningOfTime ? horizon_ : happened.what->at;
    std::string ignored;
    happened.parties = parties_.Of(*happened.what, ignored);
    constexpr size_t kMaxNotes = 64;
    if (!ignored.empty() && IsWanted(event) && report_.notes.size() < kMaxNotes) {
      report_.notes.push_back(ObjectInWords(happened.what->object) + ": " + ignored + "; it counts for " + parties_.NameOf(*happened.what) + " alone");
    }
    ++report_.judged;
    Judge(happened);
  }
  if (asked == nullptr) processes_->Finish(options.is_final);
  if (asked != nullptr && asked->kind == EventKind::Act && !is_looked_at_) {
    report_.notes.push_back("No rule and no process looks at " + std::string(table_.duty(asked->row).title) + " on a " +
                            std::string(ObjectKindName(table_, history_.objects[asked->object].kind).title));
  }
  for (const Trace& trace : report_.traces) {
    if (trace.is_violated_by_missing) report_.verdict = MostVerdict();
  }
  for (const HistoryFinding& finding : report_.findings) report_.verdict = std::min(report_.verdict, finding.disposition);
  return std::move(report_);
}

void Engine::Judge(const Happened& happened) {
  const HistoryEvent& event = *happened.what;
  if (event.kind == EventKind::Relation) return JudgeRelation(happened);
  processes_->Judge(happened);
  if (event.kind != EventKind::Act) return;
  JudgeOwnActions(happened);
  for (uint32_t object = event.object; object != kNone; object = history_.objects[object].part_of) {
    Mask mask(rules_.mask_words());
    if (!rules_.AddAct(history_.objects[object].kind, event.row, mask)) continue;
    NoteLook(happened.event);
    See(happened, object, mask);
    JudgeRules(happened, object, mask);
  }
  NoteUnsaidWhole(happened);
  NoteAuthor(happened);
}

// It is not said what the object is part of: rules about that which look at the act are not judged.
void Engine::NoteUnsaidWhole(const Happened& happened) {
  uint32_t top = happened.what->object;
  while (history_.objects[top].part_of != kNone) top = history_.objects[top].part_of;
  for (uint32_t kind = PartOfKind(table_, history_.objects[top].kind); kind != kNone; kind = PartOfKind(table_, kind)) {
    Mask mask(rules_.mask_words());
    if (!rules_.AddAct(kind, happened.what->row, mask)) continue;
    NoteLook(happened.event);
    for (const uint32_t rule : rules_.RulesOf(kind)) {
      if (TakesPart(mask, rule) && unsaid_wholes_.insert(rule).second) report_.not_judged.push_back({std::string(table_.rule(rule).name), "part_of", {}});
    }
  }
}

// ---- Rules per object

void Engine::See(const Happened& happened, uint32_t object, const Mask& mask) {
  ObjectState& state = states_[object];
  for (const Party& party : happened.parties) {
    if (party.is_certain()) {
      const auto [place, is_new] = state.certain.try_emplace(party.people[0], mask);
      if (!is_new) Join(place->second, mask);
    } else {
      state.uncertain.push_back(state.seen.size());
    }
    state.seen.push_back({happened.event, party, mask});
  }
}

void Engine::JudgeRules(const Happened& happened, uint32_t object, const Mask& mask) {
  for (const Party& party : happened.parties) {
    if (party.is_certain()) JudgeCertain(happened, object, party.people[0], mask);
    else JudgeUncertain(happened, object, party, mask);
  }
}

std::vector<uint32_t> Engine::Violated(uint32_t object, const Mask& mask, const Mask& touched, Instant at) const {
  const uint32_t kind = history_.objects[object].kind;
  std::vector<uint32_t> rows(rules_.RulesOf(kind).size());
  rows.resize(rules_.Violations(kind, mask, touched, at, rows));
  return rows;
}

Mask Engine::Possible(uint32_t object, uint32_t person, uint32_t rule) const {
  const ObjectState& state = states_[object];
  const auto known = state.certain.find(person);
  Mask mask = known == state.certain.end() ? Mask(rules_.mask_words()) : known->second;
  for (const size_t index : state.uncertain) {
    if (state.seen[index].party.Includes(person)) Join(mask, state.seen[index].mask);
  }
  AddMissing(object, rule, mask, nullptr);
  return mask;
}

// Relations that the rule asks for and nobody stated: whoever has them is unknown.
void Engine::AddMissing(uint32_t object, uint32_t rule, Mask& mask, std::vector<std::string>* words) const {
  const auto [first, end] = rules_.BitsOf(rule);
  for (uint32_t bit = first; bit < end; ++bit) {
    const uint32_t relation = rules_.RelationAt(bit);
    if (relation == kNone) continue;
    const uint32_t kind = KindOfRelation(image_, relation);
    if (!IsOrIsPartOf(image_, history_.objects[object].kind, kind)) continue;  // of parts: those that are known
    const uint32_t of = AncestorOf(object, kind);
    if (of != kNone && stated_.contains({of, relation})) continue;
    // Who did the first thing is the author; nobody did anything yet, nobody is.
    if (of != kNone && RelationName(table_, relation) == "author") continue;
    mask[bit / 64] |= uint64_t{1} << (bit % 64);
    if (words == nullptr) continue;
    const std::string whose = of == kNone ? "the " + std::string(ObjectKindName(table_, kind).title) + " that " + ObjectInWords(object) + " is part of"
                                          : ObjectInWords(of);
    std::string unknown = "who is " + std::string(RelationName(table_, relation)) + " of " + whose;
    if (std::ranges::find(*words, unknown) == words->end()) words->push_back(std::move(unknown));
  }
}

void Engine::JudgeCertain(const Happened& happened, uint32_t object, uint32_t person, const Mask& mask) {
  const std::vector<uint32_t> violated = Violated(object, states_[object].certain.at(person), mask, happened.at);
  for (const uint32_t rule : violated) {
    const ConditionState applies = AppliesAt(happened, object, person, rule);
    if (applies != ConditionState::No) Report(happened, object, person, rule, applies == ConditionState::Yes ? Sure::Yes : Sure::ButForTheCondition);
  }
  Mask everything(rules_.mask_words(), ~uint64_t{0});
  for (const uint32_t rule : Violated(object, everything, mask, happened.at)) {
    if (std::ranges::binary_search(violated, rule)) continue;
    const std::vector<uint32_t> possible = Violated(object, Possible(object, person, rule), mask, happened.at);
    const bool may_be = std::ranges::binary_search(possible, rule) && AppliesAt(happened, object, person, rule) != ConditionState::No;
    if (may_be) Report(happened, object, person, rule, Sure::ButForThePeople);
  }
}

// Whoever it was may be any of those who did something there, or somebody else.
void Engine::JudgeUncertain(const Happened& happened, uint32_t object, const Party& party, const Mask& mask) {
  const ObjectState& state = states_[object];
  std::set<uint32_t> candidates(party.people.begin(), party.people.end());
  if (party.is_anyone) {
    for (const auto& [person, certain] : state.certain) candidates.insert(person);
    for (const size_t index : state.uncertain) candidates.insert(state.seen[index].party.people.begin(), state.seen[index].party.people.end());
    candidates.insert(kNone);
  }
  Mask everything(rules_.mask_words(), ~uint64_t{0});
  for (const uint32_t rule : Violated(object, everything, mask, happened.at)) {
    for (const uint32_t person : candidates) {
      const std::vector<uint32_t> possible = Violated(object, Possible(object, person, rule), mask, happened.at);
      if (!std::ranges::binary_search(possible, rule) || AppliesAt(happened, object, person, rule) == ConditionState::No) continue;
      Report(happened, object, kNone, rule, Sure::ButForThePeople);
      break;
    }
  }
}

bool Engine::TakesPart(const Mask& mask, uint32_t rule) const {
  const auto [first, end] = rules_.BitsOf(rule);
  for (uint32_t bit = first; bit < end; ++bit) {
    if (IsBit(mask, bit)) return true;
  }
  return false;
}

// Everything that takes part, and who is not known of it.
void Engine::AddWitnesses(uint32_t object, uint32_t person, uint32_t rule, Sure sure, HistoryFinding& finding, Mask& held) const {
  const bool are_people_known = sure != Sure::ButForThePeople;
  for (const Seen& seen : states_[object].seen) {
    const bool is_theirs = are_people_known ? seen.party.is_certain() && seen.party.people[0] == person
                                            : person == kNone || seen.party.Includes(person);
    if (!is_theirs || !TakesPart(seen.mask, rule)) continue;
    Join(held, seen.mask);
    if (finding.witnesses.empty() || finding.witnesses.back() != seen.event) finding.witnesses.push_back(seen.event);
    if (are_people_known || seen.party.is_certain()) continue;
    const HistoryEvent& what = EventAt(seen.event);
    const bool is_relation = what.kind == EventKind::Relation;
    const bool is_unnamed = what.actor == kNone && what.account == kNone;
    if (!is_relation && is_unnamed) {
      finding.unknown.push_back("who did " + std::string(table_.duty(what.row).title) + " on " + ObjectInWords(what.object));
      continue;
    }
    finding.unknown.push_back(is_relation ? "who is " + std::string(RelationName(table_, what.row)) + " of " + ObjectInWords(what.object)
                                          : "who " + parties_.NameOf(what) + " was, for " + std::string(table_.duty(what.row).title) + " of " + ObjectInWords(what.object));
  }
}

void Engine::Report(const Happened& happened, uint32_t object, uint32_t person, uint32_t rule, Sure sure) {
  HistoryFinding finding;
  finding.kind = FindingKind::Rule;
  finding.rule = rule;
  finding.event = happened.event;
  finding.object = object;
  finding.person = person;
  // Somebody of whom it is known later that the rule applies is told again.
  const uint32_t whose = sure == Sure::ButForThePeople ? kNone : person;
  const auto key = static_cast<uint8_t>(sure == Sure::ButForTheCondition ? 0xff : static_cast<uint8_t>(FindingKind::Rule));
  finding.is_first = reported_.emplace(key, rule, object, whose).second;
  if (sure == Sure::ButForTheCondition) finding.is_first &= !reported_.contains({static_cast<uint8_t>(FindingKind::Rule), rule, object, person});
  if (!(asked_ == nullptr ? finding.is_first : IsWanted(happened.event))) return;
  finding.id = finding.says = image_.Text(image_.Rules()[rule].name);
  if (image_.Rules()[rule].title != 0) finding.says = image_.Text(image_.Rules()[rule].title);
  Mask held(rules_.mask_words());
  AddWitnesses(object, person, rule, sure, finding, held);
  const SeenValues values = ValuesOn(object, happened);
  if (sure == Sure::Yes) {
    const auto [first, end] = rules_.BitsOf(rule);
    std::vector<uint32_t> elements;
    for (uint32_t bit = first; bit < end; ++bit) {
      if (IsBit(held, bit)) elements.push_back(rules_.ElementAt(bit));
    }
    people_.SetRisk(finding, elements, happened.at, values);
    if (IsAssumed(happened, object, person, rule)) AddUnknownValues(happened, object, person, rule, finding.unknown);
  } else {
    finding.disposition = Verdict::NotEvaluable;
    Mask missing(rules_.mask_words());
    if (sure == Sure::ButForThePeople) AddMissing(object, rule, missing, &finding.unknown);
    AddConditionInDoubt(happened, object, person, rule, finding);
  }
  Add(std::move(finding));
}

void Engine::Add(HistoryFinding finding) {
  if (asked_ == nullptr ? !finding.is_first : !IsWanted(finding.event)) return;
  report_.findings.push_back(std::move(finding));
}

// ---- Names

std::string Engine::ObjectInWords(uint32_t object) const {
  const HistoryObject& record = history_.objects[object];
  return std::string(ObjectKindName(table_, record.kind).title) + " " + std::string(record.id);
}

uint32_t Engine::AncestorOf(uint32_t object, uint32_t kind) const {
  while (object != kNone && history_.objects[object].kind != kind) object = history_.objects[object].part_of;
  return object;
}

}  // namespace sod::histories

namespace sod {

Result<HistoryReport> JudgeHistory(const Table& table, Workspace& workspace, const History& history, const HistoryOptions& options) {
  histories::Engine engine(table, workspace, history);
  if (std::optional<Error> error = engine.Check(history.events)) return std::move(*error);
  if (std::optional<Error> error = engine.CheckValues()) return std::move(*error);
  return engine.Run(options, nullptr);
}

Result<HistoryReport> JudgeAct(const Table& table, Workspace& workspace, const History& history, const HistoryEvent& act) {
  histories::Engine engine(table, workspace, history);
  if (std::optional<Error> error = engine.Check(history.events)) return std::move(*error);
  if (std::optional<Error> error = engine.Check(std::span(&act, 1))) return std::move(*error);
  if (std::optional<Error> error = engine.CheckValues()) return std::move(*error);
  return engine.Run({}, &act);
}

std::string_view SpellingOf(FindingKind kind) {
  switch (kind) {
    case FindingKind::Rule: return "rule";
    case FindingKind::OwnActions: return "own_actions";
    case FindingKind::Order: return "order";
    case FindingKind::Apart: return "apart";
    case FindingKind::SamePerson: return "same_person";
    case FindingKind::AtMostPeople: return "at_most_people";
    case FindingKind::Approval: return "approval";
    case FindingKind::ApprovalLate: return "approval_late";
    case FindingKind::NeedsPeople: return "needs_people";
    case FindingKind::MissingSteps: return "missing_steps";
  }
  return "";
}

std::string_view SpellingOf(TraceState state) {
  switch (state) {
    case TraceState::Open: return "open";
    case TraceState::Complete: return "complete";
    case TraceState::Closed: return "closed";
  }
  return "";
}

}  // namespace sod
