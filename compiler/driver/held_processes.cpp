#include "compiler/driver/held_processes.h"

#include <algorithm>
#include <span>
#include <string>

#include "compiler/diag/sinks.h"
#include "compiler/emit/emit.h"
#include "compiler/lower/lower.h"
#include "sod/processes.h"
#include "sod/query.h"

namespace sodc {
namespace {

constexpr size_t kMostProcesses = 200;

bool IsOwnProcess(const model::Provision& provision) { return provision.common.is_own && !provision.is_attribute_holder && provision.kind == "process"; }

bool HoldsSomething(const sod::Table& table, const sod::Subject& subject) {
  if (subject.actor == sod::kNone || subject.holdings.empty()) return false;
  const sod::NameKind kind = table.actor_kind(subject.actor);
  return kind == sod::NameKind::Person || kind == sod::NameKind::External;
}

HeldProcess HeldProcessOf(const sod::ProcessJudge& judge, const sod::ProcessAnswer& answer) {
  HeldProcess held{model::ProvisionId{answer.process}};
  held.needs = answer.needs;
  if (answer.steps.size() > sod::kMaxProcessSteps) return held;  // nobody was looked for
  for (const sod::ProcessStep& step : answer.steps) {
    if (step.holders.empty()) held.unheld.push_back(model::DutyId{step.duty});
  }
  if (!answer.size || *answer.size >= answer.needs || answer.groups.empty()) return held;
  for (const uint32_t member : answer.groups.front()) held.too_few.push_back(judge.PersonInWords(answer.people[member]));
  return held;
}

// Steps without anybody are told by themselves (SOD2053).
void AddWhatIsInTheWay(const sod::ProcessPlan& plan, HeldProcess& held) {
  const auto is_step = [&](uint32_t duty) { return std::ranges::find(held.unheld, model::DutyId{duty}) != held.unheld.end(); };
  if (plan.can_be_done != sod::CanBeDone::No || (!plan.unheld.empty() && std::ranges::all_of(plan.unheld, is_step))) return;
  held.in_the_way = plan.because;
  held.is_as_written = plan.is_as_written;
}

}  // namespace

std::optional<sod::Table> TableOf(const model::Model& model, const SourceManager& sources) {
  CollectingSink untold;
  const std::string bytes = Emit(Lower(model, sources, LowerOptions{}), untold);
  if (bytes.empty()) return std::nullopt;
  const auto table = sod::Table::Load(std::as_bytes(std::span(bytes.data(), bytes.size())));
  return table ? std::optional(table.value()) : std::nullopt;
}

bool GivesToPeople(const sod::Table& table, const std::vector<sod::Subject>& people) {
  return std::ranges::any_of(people, [&](const sod::Subject& subject) { return HoldsSomething(table, subject); });
}

std::vector<HeldProcess> AskWhoDoesProcesses(const model::Model& model, const SourceManager& sources, Instant as_of) {
  if (std::ranges::none_of(model.provisions, IsOwnProcess)) return {};
  const std::optional<sod::Table> table = TableOf(model, sources);
  if (!table) return {};
  const std::vector<sod::Subject> people = sod::AllSubjects(*table);
  if (!GivesToPeople(*table, people)) return {};
  const sod::ProcessJudge judge(*table, people);
  std::vector<HeldProcess> held;
  for (const uint32_t process : sod::ProcessesOf(*table)) {
    if (held.size() == kMostProcesses) break;
    if (!IsOwnProcess(model.provisions[model::ProvisionId{process}])) continue;
    held.push_back(HeldProcessOf(judge, judge.Judge(process, as_of)));
    AddWhatIsInTheWay(judge.Plan(process, as_of), held.back());
  }
  return held;
}

}  // namespace sodc
