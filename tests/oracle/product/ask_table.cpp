// From questions in names to rows of the table, and back.
#include "ask_table.h"

#include <span>
#include <utility>

namespace oracle {

namespace {

int LevelOf(uint32_t level) { return level == sod::kNone ? kUnsaid : static_cast<int>(level); }

StepPath StepsOf(const sod::Path& path) {
  StepPath steps;
  for (const sod::PathStep& step : path) steps.push_back({std::string(step.kind), step.id});
  return steps;
}

std::string NameOf(const sod::Table& table, bool is_role, uint32_t target) {
  return std::string(is_role ? table.role(target).name : table.duty(target).name);
}

WitnessAnswer WitnessOf(const sod::Table& table, const sod::Witness& witness) {
  WitnessAnswer answer{witness.kind == sod::HeldKind::Role, NameOf(table, witness.kind == sod::HeldKind::Role, witness.target),
                       LevelOf(witness.level), witness.is_new, {}};
  for (const sod::Path& path : witness.paths) answer.paths.push_back(StepsOf(path));
  return answer;
}

ConflictAnswer ConflictOf(const sod::Table& table, const sod::Conflict& conflict) {
  ConflictAnswer answer;
  answer.id = table.rule(conflict.rule).name;
  answer.disposition = sod::SpellingOf(conflict.disposition);
  answer.held = static_cast<int>(conflict.held);
  answer.introduced = conflict.introduced;
  for (const sod::ConflictSide& side : conflict.sides) {
    SideAnswer& entry = answer.sides.emplace_back(SideAnswer{side.is_new, {}});
    for (const sod::Witness& witness : side.witnesses) {
      entry.witnesses.push_back(WitnessOf(table, witness));
    }
  }
  return answer;
}

Answer AnswerOf(const sod::Table& table, const sod::Answer& product) {
  Answer answer;
  answer.verdict = sod::SpellingOf(product.verdict);
  if (product.request_verdict) answer.request_verdict = sod::SpellingOf(*product.request_verdict);
  answer.already_held = product.already_held;
  answer.is_complete = product.subject.is_complete;
  for (const sod::HeldDuty& duty : product.duties) {
    answer.duties.push_back({NameOf(table, false, duty.duty), LevelOf(duty.level)});
  }
  for (const sod::HeldRole& role : product.roles) {
    answer.roles.push_back(NameOf(table, true, role.role));
  }
  for (const sod::NotChecked& rule : product.not_checked) answer.not_checked.push_back(rule.id);
  for (const sod::Conflict& conflict : product.conflicts) {
    answer.conflicts.push_back(ConflictOf(table, conflict));
  }
  Normalize(answer);
  return answer;
}

std::optional<sod::Holding> HoldingOf(const sod::Table& table, const World& world,
                                      const Target& target) {
  const std::string& name =
      target.is_role ? world.roles[target.index].name : world.duties[target.index].name;
  const std::optional<uint32_t> row = target.is_role ? table.FindRole(name) : table.FindDuty(name);
  if (!row) return std::nullopt;
  sod::Holding holding{.kind = target.is_role ? sod::HeldKind::Role : sod::HeldKind::Duty, .target = *row};
  if (target.level != kUnsaid) holding.level = static_cast<uint32_t>(target.level);
  return holding;
}

sod::Result<sod::Subject> SubjectOf(const sod::Table& table, const World& world,
                                    const Question& question) {
  static const sod::NameKind kKinds[] = {sod::NameKind::Person, sod::NameKind::Team,
                                         sod::NameKind::External};
  if (question.actor != kUnsaid) {
    const sod::Result<sod::Entity> actor =
        table.Find(world.actors[question.actor].name, std::span(kKinds));
    if (!actor) return actor.error();
    return sod::SubjectOf(table, actor.value());
  }
  if (question.account != kUnsaid) {
    const Account& account = world.accounts[question.account];
    return sod::SubjectOfAccount(table, SystemName(account.system) + ":" + account.identifier);
  }
  std::vector<sod::Holding> holdings;
  for (const Target& target : question.held) {
    const std::optional<sod::Holding> holding = HoldingOf(table, world, target);
    if (!holding) return sod::Error{sod::ErrorCode::UnknownName, "a held name is unknown", ""};
    holdings.push_back(*holding);
  }
  return sod::AnonymousSubject(std::move(holdings));
}

}  // namespace

TableUnderTest::TableUnderTest(const std::string& bytes) {
  sod::Result<sod::Table> table = sod::Table::Load(std::as_bytes(std::span(bytes)));
  if (!table) {
    problem_ = "the table is refused: " + table.error().message;
    return;
  }
  table_ = std::move(table.value());
  workspace_.emplace(*table_);
}

std::optional<Answer> TableUnderTest::Ask(const World& world, const Question& question,
                                          std::string& problem) {
  const sod::Result<sod::Subject> subject = SubjectOf(*table_, world, question);
  if (!subject) {
    problem = "no subject: " + subject.error().message;
    return std::nullopt;
  }
  std::optional<sod::Holding> request;
  if (question.request) {
    request = HoldingOf(*table_, world, question.request->target);
    if (!request) {
      problem = "the requested name is unknown";
      return std::nullopt;
    }
    request->from = question.request->from;
    request->until = question.request->until;
  }
  const sod::Result<sod::Answer> answer =
      sod::Ask(*table_, *workspace_, subject.value(), question.as_of, request, {.max_paths = 100000});
  if (!answer) {
    problem = "no answer: " + answer.error().message;
    return std::nullopt;
  }
  return AnswerOf(*table_, answer.value());
}

std::vector<std::string> TableUnderTest::WhoCan(const World& world, const Request& request,
                                                Seconds as_of) {
  std::optional<sod::Holding> holding = HoldingOf(*table_, world, request.target);
  if (!holding) return {"the requested name is unknown"};
  holding->from = request.from;
  holding->until = request.until;
  const auto candidates = sod::WhoCan(*table_, *workspace_, as_of, *holding);
  if (!candidates) return {candidates.error().message};
  std::vector<std::string> names;
  for (const sod::Candidate& candidate : candidates.value()) {
    names.push_back(std::string(table_->actor(candidate.actor).name) + " " +
                    std::string(sod::SpellingOf(candidate.request_verdict)) +
                    (candidate.already_held ? " held" : ""));
  }
  return names;
}

std::vector<std::string> TableUnderTest::Subjects() const {
  std::vector<std::string> names;
  for (const sod::Subject& subject : sod::AllSubjects(*table_)) names.push_back(subject.id);
  return names;
}

}  // namespace oracle
