// sodc test: what policies state about themselves, against the tables they compile to.
#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "compiler/driver/as_of.h"
#include "compiler/driver/policy_source.h"
#include "compiler/driver/test_report.h"
#include "compiler/driver/verbs.h"

namespace sodc {

namespace {

class Testing {
 public:
  Testing(const TestOptions& options, ColorChoice color, DriverEnv& env) : options_(options), color_(color), env_(env) {}

  ExitCode Run() {
    for (const std::string& file : options_.files) TestFile(file);
    if (!options_.filter.empty() && !has_matched_ && code_ == ExitCode::Fine) {
      env_.err.Print("sodc test: no test is called `{}`\n", options_.filter);
      return ExitCode::Usage;
    }
    Write();
    if (options_.min_coverage && !policies_.empty() && PerCentHeld(policies_) < *options_.min_coverage) {
      env_.err.Print("sodc test: the tests hold {} %, and {} % is demanded\n", PerCentHeld(policies_), *options_.min_coverage);
      code_ = Worse(code_, ExitCode::Findings);
    }
    return code_;
  }

 private:
  void TestFile(const std::string& file) {
    TestedPolicy policy;
    policy.path = file;
    policy.compilation = std::make_unique<Compilation>();
    Compilation& compilation = *policy.compilation;
    Compile(file, {.keeps_model = true, .import_root = env_.import_root}, compilation);
    if (!compilation.is_complete) {
      PrintDiagnostics(compilation, color_, env_);
      code_ = Worse(code_, CodeOfFailure(compilation));
      return;
    }
    auto table = sod::Table::Load(std::as_bytes(std::span(compilation.bytes)));
    if (!table) {
      env_.err.Print("sodc test: the table just made is not sound: {}\n", table.error().message);
      code_ = Worse(code_, ExitCode::Bug);
      return;
    }
    policy.table = std::make_unique<sod::Table>(std::move(table.value()));
    const AsOf as_of = std::get<AsOf>(ResolveAsOf(options_.as_of, env_, policy.table->time_zone()));
    policy.judge = std::make_unique<CaseJudge>(compilation.model, compilation.sources, *policy.table, as_of.instant, as_of.text);
    Judge(policy);
    policies_.push_back(std::move(policy));
  }

  void Judge(TestedPolicy& policy) {
    for (PolicyCase& policy_case : CasesOf(policy.compilation->model)) {
      if (!MatchesPattern(policy_case.title, options_.filter)) continue;
      has_matched_ = true;
      policy.results.push_back(policy.judge->Run(policy_case));
      const Outcome outcome = policy.results.back().outcome;
      if (outcome == Outcome::Failed || outcome == Outcome::NotJudged) code_ = Worse(code_, ExitCode::Findings);
      policy.cases.push_back(std::move(policy_case));
    }
    if (options_.coverage) {
      policy.coverage = CoverageOf(policy.compilation->model, *policy.table, *policy.judge, policy.cases, policy.results);
    }
  }

  void Write() {
    if (options_.format == TestFormat::Json) env_.out.Write(TestJson(policies_));
    if (options_.format == TestFormat::Junit) env_.out.Write(TestJunit(policies_));
    if (options_.format != TestFormat::Text) return;
    for (const TestedPolicy& policy : policies_) env_.out.Write(TestText(policy));
  }

  const TestOptions& options_;
  const ColorChoice color_;
  DriverEnv& env_;
  std::vector<TestedPolicy> policies_;
  bool has_matched_ = false;
  ExitCode code_ = ExitCode::Fine;
};

}  // namespace

ExitCode RunTest(const TestOptions& options, ColorChoice color, DriverEnv& env) {
  const auto as_of = ResolveAsOf(options.as_of, env);
  if (const auto* sentence = std::get_if<std::string>(&as_of)) return SayUsage(env, "test", *sentence);
  for (const std::string& file : options.files) {
    if (IsTable(file)) return SayUsage(env, "test", fmt::format("`{}` is a table; tests are run from the source", file));
  }
  return Testing(options, color, env).Run();
}

}  // namespace sodc
