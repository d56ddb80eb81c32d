// What the table answers to a case, and where that differs from what the case expects.
#ifndef SODC_POLICY_TESTS_JUDGE_CASE_H_
#define SODC_POLICY_TESTS_JUDGE_CASE_H_

#include <optional>
#include <string>
#include <vector>

#include "compiler/model/model.h"
#include "compiler/policy_tests/cases.h"
#include "compiler/source/source_manager.h"
#include "sod/holders.h"
#include "sod/processes.h"
#include "sod/query.h"
#include "sod/requirements.h"
#include "sod/session.h"
#include "sod/table.h"

namespace sodc {

struct CaseQuestion;

enum class Outcome : uint8_t { Passed, Failed, Skipped, NotJudged };
std::string_view SpellingOf(Outcome outcome);  // "passed", "failed", "skipped", "not_judged"

struct Mismatch {
  Span span;             // of the expectation
  std::string expected;  // in the words of the policy: "denied by a"
  std::string found;     // "the verdict is mitigated"
};

struct CaseResult {
  Outcome outcome = Outcome::Passed;
  std::string reason;                // why it was skipped, or cannot be judged
  std::string as_of;                 // the day, as the case or the caller wrote it
  std::optional<sod::Answer> answer;
  std::vector<sod::Prerequisite> requirements;  // what holders must hold, too; counted in the verdicts of the answer, like
  std::vector<sod::ProcessChange> processes;    // what the request makes worse of processes
  std::vector<sod::HolderChange> holders;       // and of how many hold something
  std::optional<sod::SessionAnswer> session;  // when the case is about one, or expects its largest sets
  bool is_of_session = false;        // what is expected is expected of it; `answer` is that of what is active
  std::vector<Mismatch> mismatches;  // source order
};

class CaseJudge {
 public:
  // `table` is what `model` was compiled to, with people. `as_of`: the day of cases that state none. All outlive this.
  CaseJudge(const model::Model& model, const SourceManager& sources, const sod::Table& table, sod::Instant as_of, std::string as_of_text)
      : model_(model), sources_(sources), table_(table), as_of_(as_of), as_of_text_(std::move(as_of_text)), workspace_(table) {}

  CaseResult Run(const PolicyCase& policy_case);
  // The case's own words, its blanks made single.
  std::string WordsOf(Span span) const;

 private:
  // Fills in the answer, or the reason why there is none; what cannot be done as the case says it is a mismatch.
  void Ask(const PolicyCase& policy_case, CaseResult& result);
  void AskAboutHoldings(const PolicyCase& policy_case, const CaseQuestion& question, CaseResult& result);
  // What the request does to processes and to numbers of holders, which are about everybody.
  void LookAtEverybody(const CaseQuestion& question, sod::Instant as_of, CaseResult& result);
  void AskAboutSession(const PolicyCase& policy_case, const CaseQuestion& question, CaseResult& result);

  const model::Model& model_;
  const SourceManager& sources_;
  const sod::Table& table_;
  const sod::Instant as_of_;
  const std::string as_of_text_;
  sod::Workspace workspace_;
  std::vector<sod::Subject> everybody_;  // of the table, once somebody asks
};

// The declared name of what a value refers to: of duties, roles, entitlements, actors, controls, systems, conflicts,
// frameworks, members of scales and values of scopes; else empty.
std::string NameOf(const model::Model& model, const model::Reference& reference);
// The names of all references among the values.
std::vector<std::string> NamesOf(const model::Model& model, const std::vector<model::ProvisionValue>& values);

}  // namespace sodc

#endif  // SODC_POLICY_TESTS_JUDGE_CASE_H_
