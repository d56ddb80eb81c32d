// What a service does with a decision table: load it once, then answer two
// questions for each call. "What does this person's access violate?" and
// "what would this request add?"
#include <ctime>
#include <iostream>
#include <optional>
#include <string>

#include <sod/query.h>
#include <sod/table.h>

namespace {

int Fail(const sod::Error& error) {
  std::cerr << "embed_cpp: " << error.message << '\n';
  if (!error.help.empty()) std::cerr << "  " << error.help << '\n';
  return 1;
}

// One line a conflict: its name, its verdict, and how the person comes by each side.
void Print(const sod::Table& table, const sod::Answer& answer) {
  for (const sod::Conflict& conflict : answer.conflicts) {
    std::cout << "  " << table.rule(conflict.rule).title << ": "
              << sod::SpellingOf(conflict.disposition) << (conflict.introduced ? ", new" : "") << '\n';
    for (const sod::ConflictSide& side : conflict.sides) {
      for (const sod::PathStep& step : side.witnesses.front().paths.front()) {
        std::cout << (step.kind == "person" || step.kind == "request" ? "    " : " > ") << step.id;
      }
      std::cout << '\n';
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: embed_cpp TABLE PERSON DUTY\n";
    return 2;
  }
  // Once, when the service starts. The table is immutable and may be shared by all threads.
  const sod::Result<sod::Table> table = sod::Table::LoadFile(argv[1]);
  if (!table) return Fail(table.error());
  // One a thread: the memory a query needs.
  sod::Workspace workspace(table.value());

  const sod::NameKind people[] = {sod::NameKind::Person};
  const sod::NameKind duties[] = {sod::NameKind::Duty};
  const sod::Result<sod::Entity> person = table->Find(argv[2], people);
  if (!person) return Fail(person.error());
  const sod::Result<sod::Entity> duty = table->Find(argv[3], duties);
  if (!duty) return Fail(duty.error());

  // The library has no clock: time is always an argument.
  const sod::Instant now = std::time(nullptr);
  const sod::Result<sod::Subject> subject = sod::SubjectOf(table.value(), person.value());
  if (!subject) return Fail(subject.error());

  const auto today = sod::Ask(table.value(), workspace, subject.value(), now, std::nullopt);
  if (!today) return Fail(today.error());
  std::cout << subject->title << " today: " << sod::SpellingOf(today->verdict) << '\n';
  Print(table.value(), today.value());

  const sod::Holding request = {.target = duty->index};
  const auto asked = sod::Ask(table.value(), workspace, subject.value(), now, request);
  if (!asked) return Fail(asked.error());
  std::cout << subject->title << " with " << table->duty(duty->index).title << ": "
            << sod::SpellingOf(*asked->request_verdict) << '\n';
  Print(table.value(), asked.value());
  return 0;
}
