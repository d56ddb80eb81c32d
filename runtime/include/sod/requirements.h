// What a duty or role requires of whoever holds it (second-ring E38, class C10): `requires check`, `requires control trail`.
// Not downward closed, so judged apart from conflicts and beside an answer of query.h.
#ifndef SOD_REQUIREMENTS_H_
#define SOD_REQUIREMENTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sod/query.h"

namespace sod {

// One requirement that is violated, may be, or was without the request.
struct Prerequisite {
  std::string_view of_kind;          // "duty", "role": what is held
  Named of;
  std::string_view needs_kind;       // "duty", "role", "group", "control"
  Named needs;
  // Denied (or milder, by `mode at most`), NotEvaluable where something unknown decides, else Clear; the worst over the
  // request's time. `before`: the same without the request.
  Verdict verdict = Verdict::Clear;
  Verdict before = Verdict::Clear;
  // With a request: the worst at those instants at which it is worse than without the request.
  std::optional<Verdict> introduced;
  bool is_new = false;               // at some of these it is clear without the request
  Instant first = 0;                 // when `verdict` is first so
  std::optional<JudgedControl> control;  // of a control that does not count: why, at `first`
  std::vector<std::string> unknown;  // what is not known, in words
  bool is_removed() const { return verdict == Verdict::Clear; }
};

// Judges the same question as `Ask` did: at `as_of`, or on the state that results over the time of the request, where that
// begins and wherever what is held, or a required control, changes. Worst first, then declared order. Makes the verdicts of
// `answer` as bad as what is found, and takes what was judged off `not_checked`; a role as subject is left there, since its
// holders hold more. What is required only `when` something holds stays there, too. Errors as of AskAbout.
// O(instants × (holdings + requirements)).
Result<std::vector<Prerequisite>> JudgePrerequisites(const Table& table, const Subject& subject, Instant as_of, const Request& request,
                                                     const AskOptions& options, Answer& answer);
// Whether the table has any.
bool HasPrerequisites(const Table& table);

}  // namespace sod

#endif  // SOD_REQUIREMENTS_H_
