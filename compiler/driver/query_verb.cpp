// sodc query: about whom, with which assignments and which request; then one
// answer, one line a subject, or the list of who can.
#include <algorithm>
#include <map>

#include <fmt/ranges.h>

#include "compiler/base/read_file.h"
#include "compiler/base/utf8.h"
#include "compiler/diag/sinks.h"
#include "compiler/driver/answer_output.h"
#include "compiler/driver/as_of.h"
#include "compiler/driver/assignments.h"
#include "compiler/driver/csv.h"
#include "compiler/driver/holder_output.h"
#include "compiler/driver/holding_text.h"
#include "compiler/driver/named.h"
#include "compiler/driver/policy_source.h"
#include "compiler/driver/process_output.h"
#include "compiler/driver/state_digest.h"
#include "compiler/driver/suggest.h"
#include "compiler/driver/verbs.h"

namespace sodc {

namespace {

constexpr sod::NameKind kActorKinds[] = {sod::NameKind::Person,  sod::NameKind::Team, sod::NameKind::External,
                                         sod::NameKind::Service, sod::NameKind::Tool, sod::NameKind::Agent};
constexpr sod::NameKind kRoleKinds[] = {sod::NameKind::Role};

class Query {
 public:
  Query(const QueryOptions& options, const sod::Table& table, AsOf as_of, DriverEnv& env)
      : options_(options), table_(table), as_of_(std::move(as_of)), env_(env), workspace_(table),
        frame_{table, as_of_.text} {}

  ExitCode Run() {
    if (!HasPeople()) return code_;
    if (!ReadAssignments()) return code_;
    // With a file of assignments a policy counts whoever is in it, too (docs/decisions/0077).
    if (!options_.assignments.empty()) {
      facts_ = sod::CountFacts(table_, Everybody());
      ask_options_.facts = &facts_;
    }
    if (!ReadRequest() || !ReadWithout()) return code_;
    switch (options_.selector) {
      case QuerySelector::All: AnswerAll(); break;
      case QuerySelector::WhoCan: AnswerWhoCan(); break;
      case QuerySelector::Process: AnswerProcess(); break;
      case QuerySelector::Person:
      case QuerySelector::Account:
      case QuerySelector::Role:
      case QuerySelector::Holds: AnswerOne(); break;
    }
    return code_;
  }

 private:
  bool Fail(const sod::Error& error) {
    env_.err.Print("sodc query: {}{}{}\n", error.message, error.help.empty() ? "" : "; ", error.help);
    code_ = Worse(code_, CodeOf(error));
    return false;
  }

  // A list of nobody would read as if nobody had a conflict.
  bool HasPeople() {
    const bool is_about_everybody = options_.selector == QuerySelector::All || options_.selector == QuerySelector::WhoCan || options_.selector == QuerySelector::Process;
    if (!is_about_everybody || !table_.without_people() || !options_.assignments.empty()) return true;
    return Fail({sod::ErrorCode::BadArgument, "nobody can be listed", "the table was built without people"});
  }

  sod::Error Unreadable(const ReadResult& file) const {
    std::string why = file.reason;
    if (file.status == ReadResult::Status::NotFound) why = "no such file";
    if (file.status == ReadResult::Status::TooLarge) why = fmt::format("it has {} bytes", file.size);
    return {sod::ErrorCode::InputOutput, fmt::format("`{}` cannot be read: {}", options_.assignments, why), ""};
  }

  bool ReadAssignments() {
    if (options_.assignments.empty()) return true;
    constexpr uint64_t kMaxBytes = 1ull << 30;
    const ReadResult file = ReadFile(options_.assignments, kMaxBytes);
    if (file.status != ReadResult::Status::Ok) return Fail(Unreadable(file));
    const std::string& text = file.text;
    if (const size_t broken = FindBrokenUtf8(text); broken != std::string::npos) {
      return Fail({sod::ErrorCode::InputOutput,
                   fmt::format("{}:{}: this row is not UTF-8", options_.assignments, RowOfByte(text, broken)),
                   "save the file as UTF-8"});
    }
    assignments_ = Assignments::Read(table_, text, options_.assignments);
    for (const std::string& error : assignments_.errors()) env_.err.Print("{}\n", EscapeForTerminal(error));
    if (!assignments_.warning().empty()) env_.err.Print("{}\n", EscapeForTerminal(assignments_.warning()));
    env_.err.Flush();
    if (!assignments_.errors().empty()) code_ = Worse(code_, ExitCode::InputOutput);
    return assignments_.is_readable();
  }

  bool ReadRequest() {
    if (options_.selector == QuerySelector::WhoCan) return ReadAsked(options_.name, "the request", request_.grants);
    const auto read = [&](const std::vector<std::string>& texts, std::string_view what, std::vector<sod::Holding>& holdings) {
      return std::ranges::all_of(texts, [&](const std::string& text) { return ReadAsked(text, what, holdings); });
    };
    return read(options_.requests, "the request", request_.grants) && read(options_.revocations, "what is to be taken away", request_.revocations);
  }

  bool ReadAsked(const std::string& text, std::string_view what, std::vector<sod::Holding>& holdings) {
    auto holding = ParseHolding(table_, text);
    if (!holding) return Fail(holding.error());
    if (holding.value().until <= as_of_.instant) {
      return Fail({sod::ErrorCode::BadArgument, fmt::format("{} ends before {}", what, as_of_.text), ""});
    }
    asked_.push_back(holding.value());
    // Nothing is granted or taken away in the past.
    holding.value().from = std::max(holding.value().from, as_of_.instant);
    holdings.push_back(holding.value());
    return true;
  }

  bool IsRequest() const { return !request_.grants.empty() || !request_.revocations.empty(); }

  bool ReadWithout() {
    constexpr sod::NameKind kKinds[] = {sod::NameKind::Control, sod::NameKind::System};
    for (const std::string& name : options_.without) {
      const auto entity = FindNamed(table_, name, kKinds);
      if (!entity) return Fail(entity.error());
      auto& rows = entity->kind == sod::NameKind::Control ? ask_options_.without_controls : ask_options_.without_systems;
      rows.push_back(entity->index);
    }
    return true;
  }

  // A declared name, an exact title, what a system calls it, an account, or somebody whom only the file knows.
  sod::Result<sod::Subject> FindPerson(const std::string& name) {
    const auto entity = FindNamed(table_, name, kActorKinds);
    if (entity) return SubjectOf(table_, entity.value());
    if (entity.error().code != sod::ErrorCode::UnknownName) return entity.error();
    if (assignments_.IsNewPerson(name)) return assignments_.NewPerson(name);
    auto account = sod::SubjectOfAccount(table_, name);
    if (account || account.error().code == sod::ErrorCode::AmbiguousName) return account;
    sod::Error unknown = entity.error();
    if (table_.without_people()) unknown.help = "the table was built without people";
    return unknown;
  }

  sod::Result<sod::Subject> FindRole(const std::string& name) {
    const auto entity = FindNamed(table_, name, kRoleKinds);
    if (!entity) return entity.error();
    return SubjectOf(table_, entity.value());
  }

  sod::Result<sod::Subject> SomebodyWho(const std::vector<std::string>& holds) {
    std::vector<sod::Holding> holdings;
    for (const std::string& text : holds) {
      const auto held = ParseHoldings(table_, text);
      if (!held) return held.error();
      holdings.insert(holdings.end(), held.value().begin(), held.value().end());
    }
    return sod::AnonymousSubject(std::move(holdings));
  }

  sod::Result<sod::Subject> SelectedSubject() {
    switch (options_.selector) {
      case QuerySelector::Account: return sod::SubjectOfAccount(table_, options_.name);
      case QuerySelector::Role: return FindRole(options_.name);
      case QuerySelector::Holds: return SomebodyWho(options_.holds);
      case QuerySelector::Person:
      case QuerySelector::All:
      case QuerySelector::Process:
      case QuerySelector::WhoCan: break;
    }
    return FindPerson(options_.name);
  }

  // Conflicts, then what is required, which makes the answer as bad as it is.
  sod::Result<sod::Answer> Ask(const sod::Subject& subject) {
    auto answer = sod::AskAbout(table_, workspace_, subject, as_of_.instant, request_, ask_options_);
    if (!answer || !has_requirements_) return answer;
    auto requirements = sod::JudgePrerequisites(table_, subject, as_of_.instant, request_, ask_options_, answer.value());
    if (!requirements) return requirements.error();
    requirements_ = std::move(requirements.value());
    return answer;
  }

  // What is requested is judged over its whole time at once.
  sod::Result<Outlook> LookAhead(const sod::Subject& subject) {
    Outlook outlook;
    outlook.requirements = requirements_;
    outlook.has_requirements = has_requirements_;
    outlook.state = StateDigest(table_, subject, {asked_, request_.grants.size(), options_.without});
    if (IsRequest()) return outlook;
    auto changes = sod::ChangesOf(table_, workspace_, subject, as_of_.instant, sod::kEndOfTime, /*at_most=*/1, ask_options_);
    if (!changes) return changes.error();
    outlook.is_known = true;
    if (!changes->empty()) outlook.next = std::move(changes->front());
    return outlook;
  }

  void CountVerdict(const sod::Answer& answer) { CountVerdict(answer.request_verdict.value_or(answer.verdict)); }
  void CountVerdict(sod::Verdict verdict) {
    if (options_.fail_on && verdict <= *options_.fail_on) code_ = Worse(code_, ExitCode::Findings);
  }

  bool AnswerOne() {
    auto subject = SelectedSubject();
    if (!subject) return Fail(subject.error());
    // A person of the file alone has its rows already.
    if (!assignments_.IsNewPerson(subject->id)) assignments_.AddTo(subject.value());
    auto answer = Ask(subject.value());
    if (!answer) return Fail(answer.error());
    for (const sod::TakenAway& taken : answer->revocations) {
      if (taken.count == 0) return FailToTake(taken.holding);
    }
    auto outlook = LookAhead(subject.value());
    if (!outlook) return Fail(outlook.error());
    if (IsRequest() && HasPeopleBehind(subject->kind)) {
      answer->subject.assumptions.push_back(fmt::format("nobody is judged who would have it through {}", subject->title));
    }
    if (IsRequest()) LookAtEverybody(subject.value(), answer.value(), outlook.value());
    if (options_.format == TextFormat::Json) {
      env_.out.Write(AnswerJson(frame_, answer.value(), outlook.value(), /*is_compact=*/false));
      env_.out.Write("\n");
    } else {
      env_.out.Write(AnswerText(frame_, answer.value(), outlook.value()));
    }
    CountVerdict(answer.value());
    return true;
  }

  bool FailToTake(const sod::Holding& holding) {
    return Fail({sod::ErrorCode::BadArgument, fmt::format("{} cannot be taken away", HoldingInWords(table_, holding)),
                 "it has not been given to them like that; what comes by a role, a team or a delegation ends with that"});
  }

  std::vector<sod::Subject> Everybody() {
    std::vector<sod::Subject> subjects = sod::AllSubjects(table_);
    AddParties(subjects);
    for (sod::Subject& subject : subjects) assignments_.AddTo(subject);
    for (sod::Subject& subject : assignments_.NewPeople()) subjects.push_back(std::move(subject));
    return subjects;
  }

  // Teams and external parties that hold something through the file alone.
  void AddParties(std::vector<sod::Subject>& subjects) const {
    for (const sod::Entity& party : assignments_.parties()) {
      auto subject = sod::SubjectOf(table_, party);
      if (!subject) continue;
      const auto is_same = [&](const sod::Subject& other) {
        return other.kind == subject->kind && other.id == subject->id;
      };
      if (std::none_of(subjects.begin(), subjects.end(), is_same)) subjects.push_back(std::move(subject.value()));
    }
  }

  // A person who is not appointed yet can take nothing.
  bool IsVacant(const sod::Subject& subject) const {
    const auto person = table_.FindPerson(subject.id);
    return person && table_.actor_is_vacant(*person);
  }

  // A run over everybody does not fail because a post has no holder: nobody can misuse it. What the post itself
  // combines counts; and a question about the post alone is answered as it was asked.
  void CountAmongAll(const sod::Answer& answer) {
    const auto is_vacant = [](const sod::Incompleteness& gap) { return gap.reason == "vacant"; };
    const auto& gaps = answer.subject.incomplete;
    if (gaps.empty() || !std::ranges::all_of(gaps, is_vacant)) return CountVerdict(answer);
    sod::Verdict found = sod::Verdict::Clear;
    for (const sod::Conflict& conflict : answer.conflicts) {
      if (conflict.introduced || !answer.request_verdict) found = std::min(found, conflict.disposition);
    }
    CountVerdict(found);
  }

  bool AnswerAll() {
    std::map<sod::Verdict, size_t> counts;
    size_t total = 0;
    if (options_.format == TextFormat::Text && IsRequest()) {
      env_.out.Print("{}, by each of them: the verdict is that of the request.\n\n", RequestInWords(table_, request_));
    }
    for (const sod::Subject& subject : Everybody()) {
      const auto answer = Ask(subject);
      if (!answer) return Fail(answer.error());
      const auto outlook = LookAhead(subject);
      if (!outlook) return Fail(outlook.error());
      if (options_.format == TextFormat::Json) {
        env_.out.Write(AnswerJson(frame_, answer.value(), outlook.value(), /*is_compact=*/true));
        env_.out.Write("\n");
      } else {
        env_.out.Write(AnswerLine(frame_, answer.value(), outlook.value()));
      }
      CountAmongAll(answer.value());
      ++counts[answer->request_verdict.value_or(answer->verdict)];
      ++total;
    }
    if (options_.format == TextFormat::Text && IsRequest()) env_.out.Write(ProcessesNotAsked(table_) + HoldersNotAsked(table_));
    if (options_.format == TextFormat::Text) WriteSummary(total, counts);
    return true;
  }

  void WriteSummary(size_t total, const std::map<sod::Verdict, size_t>& counts) {
    std::vector<std::string> parts;
    for (const auto& [verdict, count] : counts) parts.push_back(fmt::format("{} {}", count, WordsOf(verdict)));
    env_.out.Print("{}{} {}{}{}.\n\n{}", total == 0 ? "" : "\n", total, total == 1 ? "subject" : "subjects",
                   parts.empty() ? "" : ": ", fmt::join(parts, ", "), Provenance(frame_));
  }

  // A request may let fewer people do a process than it needs, and let too few or too many hold something, though it introduces
  // no conflict (rulings SEM-25).
  void LookAtEverybody(const sod::Subject& subject, sod::Answer& answer, Outlook& outlook) {
    if (sod::ProcessesOf(table_).empty() && sod::HolderBoundsOf(table_).empty()) return;
    std::vector<sod::Subject> people = Everybody();
    auto self = std::ranges::find_if(people, [&](const sod::Subject& one) { return one.kind == answer.subject.kind && one.id == answer.subject.id; });
    const bool is_counted = answer.subject.kind == sod::SubjectKind::Person || answer.subject.kind == sod::SubjectKind::External;
    if (!is_counted) return;
    // An external party that holds nothing yet is among nobody.
    if (self == people.end()) self = people.insert(people.end(), subject);
    const auto person = static_cast<uint32_t>(self - people.begin());
    sod::ProcessChanges processes = sod::ChangesOfProcesses(table_, people, person, request_, as_of_.instant);
    sod::CountProcesses(table_, processes, answer);
    outlook.processes = std::move(processes.worse);
    sod::HolderChanges changes = sod::ChangesOfHolders(table_, people, person, request_, as_of_.instant);
    sod::CountHolders(table_, changes, answer);
    outlook.holders = std::move(changes.worse);
  }

  bool AnswerProcess() {
    const auto process = sod::FindProcess(table_, options_.name);
    if (!process) {
      std::vector<std::string_view> names;
      for (const uint32_t row : sod::ProcessesOf(table_)) names.push_back(sod::NameOfProcess(table_, row).name);
      return Fail({sod::ErrorCode::UnknownName, fmt::format("no process is called `{}`{}", options_.name, DidYouMean(options_.name, names)),
                   names.empty() ? "the policy declares none" : ""});
    }
    const std::vector<sod::Subject> people = Everybody();
    const sod::ProcessJudge judge(table_, people);
    const sod::ProcessAnswer answer = judge.Judge(*process, as_of_.instant);
    const sod::ProcessPlan plan = judge.Plan(*process, as_of_.instant);
    env_.out.Write(options_.format == TextFormat::Json ? ProcessJson(frame_, judge, answer, plan) : ProcessText(frame_, judge, answer, plan));
    CountVerdict(answer.verdict);
    return true;
  }

  bool AnswerWhoCan() {
    std::vector<sod::Answer> answers;
    for (const sod::Subject& subject : Everybody()) {
      if (subject.kind != sod::SubjectKind::Person || IsVacant(subject)) continue;
      auto answer = Ask(subject);
      if (!answer) return Fail(answer.error());
      answers.push_back(std::move(answer.value()));
    }
    env_.out.Write(options_.format == TextFormat::Json ? WhoCanJson(frame_, request_.grants.front(), answers)
                                                       : WhoCanText(frame_, request_.grants.front(), answers));
    return true;
  }

  const QueryOptions& options_;
  const sod::Table& table_;
  AsOf as_of_;
  DriverEnv& env_;
  sod::Workspace workspace_;
  AnswerFrame frame_;
  Assignments assignments_;
  sod::Request request_;
  std::vector<sod::Holding> asked_;  // grants, then revocations, as they were written
  sod::FactSteps facts_;
  sod::AskOptions ask_options_;
  const bool has_requirements_ = sod::HasPrerequisites(table_);
  std::vector<sod::Prerequisite> requirements_;  // of the last answer
  ExitCode code_ = ExitCode::Fine;
};

}  // namespace

ExitCode RunQuery(const QueryOptions& options, ColorChoice color, DriverEnv& env) {
  const auto readable = ResolveAsOf(options.as_of, env);
  if (const auto* sentence = std::get_if<std::string>(&readable)) return SayUsage(env, "query", *sentence);
  const OpenedPolicy opened = OpenPolicy(options.policy, color, env);
  if (!opened.table) return opened.code;
  const auto as_of = ResolveAsOf(options.as_of, env, opened.table->time_zone());
  return Query(options, *opened.table, std::get<AsOf>(as_of), env).Run();
}

}  // namespace sodc
