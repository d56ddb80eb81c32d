// One's own objects: relations, authors, and `restricts … on own actions` (second-ring E13, SEM-16); and whoever is judged.
#include <algorithm>

#include "runtime/core/boxes.h"
#include "runtime/core/waivers.h"
#include "runtime/histories/engine.h"

namespace sod::histories {

// A relation to an object is one to what it is part of, and to its parts, where a rule about those asks for it.
void Engine::SpreadRelation(uint32_t object, const Happened& happened, uint32_t relation) {
  std::vector<uint32_t> below = {object};
  for (size_t i = 0; i < below.size(); ++i) below.insert(below.end(), parts_[below[i]].begin(), parts_[below[i]].end());
  for (uint32_t above = history_.objects[object].part_of; above != kNone; above = history_.objects[above].part_of) below.push_back(above);
  for (const uint32_t one : below) {
    Mask mask(rules_.mask_words());
    if (rules_.AddRelation(history_.objects[one].kind, relation, mask)) See(happened, one, mask);
  }
}

void Engine::JudgeRelation(const Happened& happened) {
  const HistoryEvent& event = *happened.what;
  if (event.is_nobody) return;
  SpreadRelation(event.object, happened, event.row);
  // Who becomes the owner of what they did breaks the rule by that; without a time they were it all along, and the act is judged.
  if (event.at == kBeginningOfTime) return;
  std::vector<uint32_t> around = {event.object};
  for (size_t i = 0; i < around.size(); ++i) around.insert(around.end(), parts_[around[i]].begin(), parts_[around[i]].end());
  for (uint32_t above = history_.objects[event.object].part_of; above != kNone; above = history_.objects[above].part_of) around.push_back(above);
  for (const uint32_t one : around) {
    Mask mask(rules_.mask_words());
    if (rules_.AddRelation(history_.objects[one].kind, event.row, mask)) JudgeRules(happened, one, mask);
  }
}

// Whoever does the first thing on an object is its author from then on, unless the history says who is.
void Engine::NoteAuthor(const Happened& happened) {
  const uint32_t object = happened.what->object;
  ObjectState& state = states_[object];
  if (state.first_act != kNone) return;
  state.first_act = happened.event;
  const auto relation = FindRelation(table_, history_.objects[object].kind, "author");
  if (relation && !stated_.contains({object, *relation})) SpreadRelation(object, happened, *relation);
}

// Nobody is the author of what nothing was done to.
std::vector<Party> Engine::AuthorsOf(uint32_t object, uint32_t& event) {
  const auto relation = FindRelation(table_, history_.objects[object].kind, "author");
  std::string ignored;
  if (relation && stated_.contains({object, *relation})) {
    std::vector<Party> authors;
    for (const uint32_t row : relations_of_[object]) {
      const HistoryEvent& stated = history_.events[row];
      if (stated.row != *relation || stated.is_nobody) continue;
      event = row;
      for (Party& party : parties_.Of(stated, ignored)) authors.push_back(std::move(party));
    }
    return authors;
  }
  event = states_[object].first_act;
  if (event == kNone) return {};
  return parties_.Of(EventAt(event), ignored);
}

void Engine::JudgeOwnActions(const Happened& happened) {
  const HistoryEvent& act = *happened.what;
  for (const format::OwnActionRuleRecord& rule : image_.OwnActionRules()) {
    const format::RestrictionRecord& restriction = image_.Restrictions()[rule.restriction];
    const auto duties = Slice(image_.RestrictionDuties(), restriction.duties_first, restriction.duties_count);
    if (std::ranges::find(duties, act.row, &format::DutyRefRecord::duty) == duties.end()) continue;
    NoteLook(happened.event);
    uint32_t by = kNone;
    const std::vector<Party> authors = AuthorsOf(act.object, by);
    for (const Party& author : authors) {
      for (const Party& doer : happened.parties) {
        HistoryFinding finding;
        finding.kind = FindingKind::OwnActions;
        finding.restriction = rule.restriction;
        const std::string_view role = image_.Text(image_.Roles()[restriction.role].name);
        finding.id = std::string(role) + " restricts " + std::string(image_.Text(restriction.item)) + " on own actions";
        finding.says = finding.id;
        finding.event = happened.event;
        finding.object = act.object;
        finding.witnesses = {by, happened.event};
        const auto holds = [&](uint32_t person) { return people_.HoldsRole(person, restriction.role, happened.at); };
        if (author.is_certain() && doer.is_certain()) {
          if (author.people != doer.people || !holds(doer.people[0])) continue;
          finding.person = doer.people[0];
          constexpr Verdict kByMode[] = {Verdict::Observed, Verdict::Warned, Verdict::NeedsApproval, Verdict::Denied};
          finding.disposition = kByMode[static_cast<uint32_t>(std::min(rule.mode, image_.meta().mode_ceiling))];
        } else {
          std::vector<uint32_t> both;
          for (const uint32_t person : author.is_anyone ? doer.people : author.people) {
            if (doer.Includes(person) && author.Includes(person) && holds(person)) both.push_back(person);
          }
          if (both.empty() && !(author.is_anyone && doer.is_anyone)) continue;
          finding.disposition = Verdict::NotEvaluable;
          if (doer.is_certain()) finding.person = doer.people[0];
          if (!author.is_certain()) finding.unknown.push_back("who is author of " + ObjectInWords(act.object));
          if (!doer.is_certain()) finding.unknown.push_back("who " + parties_.NameOf(act) + " was");
        }
        const uint32_t whose = finding.disposition == Verdict::NotEvaluable ? kNone : finding.person;
        finding.is_first = reported_.emplace(static_cast<uint8_t>(finding.kind), rule.restriction, act.object, whose).second;
        Add(std::move(finding));
      }
    }
  }
}

// ---- Whoever is judged

const Subject& People::Of(uint32_t actor) {
  const auto found = subjects_.find(actor);
  return found != subjects_.end() ? found->second : subjects_.emplace(actor, index_.OfActor(actor)).first->second;
}

bool People::HoldsRole(uint32_t actor, uint32_t role, Instant at) { return core::HoldsRole(table_.image(), Of(actor), role, at); }

// Acts have no place: they count as done anywhere, so that a waiver for one place does not excuse them. What somebody
// does without holding it is held since nobody knows when.
void People::SetRisk(HistoryFinding& finding, std::span<const uint32_t> elements, Instant at, const core::CaseValues& values) {
  const Image& image = table_.image();
  Subject subject = Of(finding.person);
  const core::Dimensions dimensions(image);
  core::Hit hit;
  hit.is_done = true;
  hit.values = &values;
  hit.first = at;
  hit.held = static_cast<uint32_t>(elements.size());
  hit.spans = {{at, at + 1}};
  for (const uint32_t element : elements) {
    core::HitElement& held = hit.elements[element];
    held.spans = hit.spans;
    if (dimensions.count() != 0) {
      held.parts = {{dimensions.whole()}};
      held.part_spans = hit.spans;
    }
    const format::ElementRecord& record = image.Elements()[element];
    if (record.atom == kNone || record.kind == format::ElementKind::Relation) continue;
    for (uint32_t i = 0; i < subject.holdings.size(); ++i) {
      core::Supplier supplier = {i, record.atom};
      const bool supplies = core::IsHeldAt(subject.holdings[i], at) &&
                            core::Sets(image, subject.holdings[i], record.atom, [](const ScopeBox&) { return true; }, supplier.row);
      if (supplies) held.suppliers.push_back(supplier);
    }
    if (!held.suppliers.empty() || subject.holdings.size() >= kMaxHoldings) continue;
    held.suppliers.push_back({static_cast<uint32_t>(subject.holdings.size()), record.atom});
    subject.holdings.push_back({.kind = HeldKind::Duty, .target = record.duty});
  }
  core::Risks risks(image, workspace_, subject, {});
  core::ConflictRisk risk = risks.Of(finding.rule, hit);
  finding.disposition = risk.disposition;
  finding.inherent = risk.inherent;
  finding.residual = risk.residual;
  finding.appetite = risk.appetite;
  finding.controls = std::move(risk.controls);
  finding.waivers = std::move(risk.waivers);
  finding.applies = std::move(risk.applies);
  finding.mode_when = std::move(risk.mode_when);
  finding.requirements = std::move(risk.requirements);
}

}  // namespace sod::histories
