// Both implementations on one world, and a small report when they differ.
#include "differ.h"

#include <algorithm>

#include "../world/judge.h"
#include "../world/print_world.h"
#include "../world/shrink.h"
#include "ask_table.h"
#include "compile_world.h"

namespace oracle {

namespace {

void Count(const Answer& answer, Counts& counts) {
  ++counts.answers;
  counts.conflicts += answer.conflicts.size();
  counts.with_conflict += answer.conflicts.empty() ? 0 : 1;
  for (const ConflictAnswer& conflict : answer.conflicts) {
    for (const SideAnswer& side : conflict.sides) {
      for (const WitnessAnswer& witness : side.witnesses) counts.paths += witness.paths.size();
    }
  }
}

std::string Compare(const Judge& judge, const Question& question, const Answer& actual) {
  const Answer expected = judge.Decide(question);
  const std::string difference = Difference(expected, actual);
  return difference.empty() ? judge.CheckPaths(question, expected, actual) : difference;
}

std::string CompareLists(const std::string& what, const std::vector<std::string>& expected,
                         const std::vector<std::string>& actual, Counts& counts) {
  ++counts.lists;
  if (expected == actual) return "";
  std::string text = what + ": expected";
  for (const std::string& name : expected) text += " [" + name + "]";
  text += ", got";
  for (const std::string& name : actual) text += " [" + name + "]";
  return text;
}

// Everybody, and for a question with a request who else could be given the same.
std::string CompareWorld(const Judge& judge, const World& world, const std::vector<Question>& questions,
                         TableUnderTest& table, Counts& counts) {
  const std::string subjects =
      CompareLists("subjects", judge.Subjects(), table.Subjects(), counts);
  if (!subjects.empty()) return subjects;
  for (const Question& question : questions) {
    if (!question.request) continue;
    return CompareLists("who can", judge.WhoCan(*question.request, question.as_of),
                        table.WhoCan(world, *question.request, question.as_of), counts);
  }
  return "";
}

}  // namespace

std::optional<Disagreement> Differ(const World& world, const std::vector<Question>& questions,
                                   const std::string& folder, Counts& counts) {
  const Compiled compiled = CompileWorld(world, folder);
  ++counts.worlds;
  if (compiled.bytes.empty()) return Disagreement{kUnsaid, "refused:\n" + compiled.problem};
  TableUnderTest table(compiled.bytes);
  if (!table.problem().empty()) return Disagreement{kUnsaid, table.problem()};
  const Judge judge(world);
  for (size_t i = 0; i < questions.size(); ++i) {
    std::string problem;
    const std::optional<Answer> answer = table.Ask(world, questions[i], problem);
    if (answer) {
      Count(*answer, counts);
      problem = Compare(judge, questions[i], *answer);
    }
    if (!problem.empty()) return Disagreement{static_cast<int>(i), problem};
  }
  const std::string problem = CompareWorld(judge, world, questions, table, counts);
  if (problem.empty()) return std::nullopt;
  const auto asks = [](const Question& question) { return question.request.has_value(); };
  const auto first = std::find_if(questions.begin(), questions.end(), asks);
  return Disagreement{first == questions.end() ? 0 : static_cast<int>(first - questions.begin()), problem};
}

std::optional<std::vector<Answer>> AskAll(const World& world, const std::vector<Question>& questions,
                                          const std::string& folder) {
  const Compiled compiled = CompileWorld(world, folder);
  if (compiled.bytes.empty()) return std::nullopt;
  TableUnderTest table(compiled.bytes);
  if (!table.problem().empty()) return std::nullopt;
  std::vector<Answer> answers;
  for (const Question& question : questions) {
    std::string problem;
    std::optional<Answer> answer = table.Ask(world, question, problem);
    if (!answer) return std::nullopt;
    answers.push_back(std::move(*answer));
  }
  return answers;
}

std::string Report(const World& world, const std::vector<Question>& questions,
                   const Disagreement& disagreement, const std::string& folder) {
  const bool is_refused = disagreement.question == kUnsaid;
  Counts ignored;
  const StillFails still_fails = [&](const World& smaller, const Question& question) {
    const std::vector<Question> asked =
        is_refused ? std::vector<Question>{} : std::vector<Question>{question};
    const auto found = Differ(smaller, asked, folder, ignored);
    return found && (found->question == kUnsaid) == is_refused;
  };
  const Question question = is_refused ? Question{} : questions[static_cast<size_t>(disagreement.question)];
  const Failure small = Shrink({world, question}, still_fails);
  const std::vector<Question> asked = is_refused ? std::vector<Question>{} : std::vector<Question>{small.question};
  const auto last = Differ(small.world, asked, folder, ignored);
  std::string text = "---- smallest world\n" + PrintWorld(small.world) + PrintModule(small.world);
  if (is_refused) return text + "---- " + (last ? last->what : disagreement.what) + "\n";
  text += "---- question: " + PrintQuestion(small.world, small.question);
  text += "---- " + (last ? last->what : disagreement.what) + "\n";
  text += "---- expected\n" + PrintAnswer(Judge(small.world).Decide(small.question));
  std::string problem;
  TableUnderTest table(CompileWorld(small.world, folder).bytes);
  const std::optional<Answer> actual = table.Ask(small.world, small.question, problem);
  return text + "---- got\n" + (actual ? PrintAnswer(*actual) : problem + "\n");
}

}  // namespace oracle
