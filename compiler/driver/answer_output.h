// An answer as text for people and as JSON for programs (schema sod.query/1,
// docs/query-json.md). Both say the same.
#ifndef SODC_DRIVER_ANSWER_OUTPUT_H_
#define SODC_DRIVER_ANSWER_OUTPUT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sod/changes.h"
#include "sod/holders.h"
#include "sod/processes.h"
#include "sod/query.h"
#include "sod/requirements.h"
#include "sod/table.h"

namespace sodc {

// What every answer of one run shares.
struct AnswerFrame {
  const sod::Table& table;
  std::string as_of;  // 2026-03-17
};

// What stands beside the answer: when its conflicts change next, which an answer to a request does not say, the digest of
// the state that was judged (empty: not made), and what is required of whoever holds something.
struct Outlook {
  std::string state = {};
  bool is_known = false;
  std::optional<sod::AnswerChange> next = {};  // nothing: it never does
  std::vector<sod::Prerequisite> requirements = {};
  bool has_requirements = false;               // the policy has some, which are not looked ahead at
  std::vector<sod::ProcessChange> processes = {};  // what a request makes worse
  std::vector<sod::HolderChange> holders = {};     // likewise
};

// One JSON object; on one line and without a line end when `is_compact`.
std::string AnswerJson(const AnswerFrame& frame, const sod::Answer& answer, const Outlook& outlook, bool is_compact);
std::string AnswerText(const AnswerFrame& frame, const sod::Answer& answer, const Outlook& outlook = {});
// `--all`: one line of text, without the paths.
std::string AnswerLine(const AnswerFrame& frame, const sod::Answer& answer, const Outlook& outlook);
// "Not looked at: whether … A, B and 2 more; ask with --person."; empty without titles, which are safe to print.
std::string NotLookedAt(std::string_view what, std::vector<std::string> titles);
// "Policy h33 …, table …, sodc …": what the answer was made from.
std::string Provenance(const AnswerFrame& frame);

// `--who-can`: an answer a person, each with the request.
std::string WhoCanJson(const AnswerFrame& frame, const sod::Holding& request, const std::vector<sod::Answer>& answers);
std::string WhoCanText(const AnswerFrame& frame, const sod::Holding& request, const std::vector<sod::Answer>& answers);
// May be given what was asked for: nothing introduced stops it.
bool CanTake(const sod::Answer& answer);

// "Eric Beans (eric)", "Somebody with the role ADMIN", "Somebody new".
std::string NameOf(const sod::Subject& subject);
// What they hold, others hold through them.
bool HasPeopleBehind(sod::SubjectKind kind);
// "person", as JSON spells it.
std::string_view WordOf(sod::SubjectKind kind);
// "needs approval" for people.
std::string_view WordsOf(sod::Verdict verdict);
// What is asked for: the title of a duty or role.
sod::Named NameOfHeld(const sod::Table& table, const sod::Holding& holding);
// The last day of a half-open interval, the first of one, in the policy's time zone; an instant
// within a day as it is; empty when open.
std::string LastDay(const sod::Table& table, sod::Instant until);
std::string FirstDay(const sod::Table& table, sod::Instant from);

}  // namespace sodc

#endif  // SODC_DRIVER_ANSWER_OUTPUT_H_
