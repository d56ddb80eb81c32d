// Sessions (rulings SEM-17, class C6): which rules `per session` a set of activated things breaks, and which largest sets
// break none. The static answer, what somebody could do in some session, is that of query.h.
#ifndef SOD_SESSION_H_
#define SOD_SESSION_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sod/export.h"
#include "sod/query.h"
#include "sod/result.h"

namespace sod {

// What is activated must be held then and actively: what somebody is only eligible for, what is requested, suspended
// or in use in an emergency, is not activated in a session (MISS-3, E18). Hours of assignments are not looked at.
SOD_API bool CanBeActivated(const Holding& holding, Instant at);

// The rules per session that the activated things break together at `at`, ascending rows. The order of what is
// activated changes nothing; what cannot be activated counts for nothing. `workspace` must belong to `table`, the
// holdings must name existing rows (Ask checks that). Conditions of rules are read of `holder`, a row of Actors
// (kNone: nobody in particular). Cost of Workspace::Violations; allocates.
SOD_API std::vector<uint32_t> SessionViolations(const Table& table, Workspace& workspace, std::span<const Holding> activated, Instant at,
                                                uint32_t holder = kNone);
// The same with what is not known taken to be so, as Workspace::PossibleViolations: those that may be broken.
SOD_API std::vector<uint32_t> PossibleSessionViolations(const Table& table, Workspace& workspace, std::span<const Holding> activated, Instant at,
                                                        uint32_t holder = kNone);

// Published bounds of SafeSets.
inline constexpr size_t kMaxSafeSets = 64;
inline constexpr size_t kMaxSafeSetSteps = 100'000;

struct SafeSets {
  size_t count = 0;          // sets told
  bool is_truncated = false; // there may be more: `most` or the bound on steps was reached
};

// Every largest set of the candidates that one session may activate together: nothing that can be activated may be added
// to it. What may break a rule, for all that is known, is not safe. A set is told as indices of candidates, ascending; sets come in the order of declaration, those with an earlier
// candidate first. At most `most` are told: there may be 3^(n/3). `tell` returns whether it wants another one. Each
// step asks the table twice; at most kMaxSafeSetSteps are taken.
SOD_API SafeSets ForEachSafeSet(const Table& table, Workspace& workspace, std::span<const Holding> candidates, Instant at,
                                const std::function<bool(std::span<const uint32_t>)>& tell, size_t most = kMaxSafeSets, uint32_t holder = kNone);
// The same where several holdings are activated as one, such as a role that is assigned in several places. Those of a
// candidate that cannot be activated count for nothing; one without any other is in no set.
SOD_API SafeSets ForEachSafeSet(const Table& table, Workspace& workspace, std::span<const std::vector<Holding>> candidates, Instant at,
                                const std::function<bool(std::span<const uint32_t>)>& tell, size_t most = kMaxSafeSets, uint32_t holder = kNone);

// ---- The whole answer about one session

// All that somebody holds of one duty, role or entitlement and could activate: it is activated as one.
struct SessionThing {
  HeldKind kind = HeldKind::Duty;
  uint32_t target = kNone;
  std::vector<Holding> holdings = {};
};
// Whatever the subject could activate at `at`, in the order it is held in.
SOD_API std::vector<SessionThing> ThingsToActivate(const Subject& subject, Instant at);

// Why something is not among these.
enum class NotActivated : uint8_t { NotHeld, HeldBySomethingElse, NotThen, Eligible, Requested, Suspended, Emergency };
// Of what is not among ThingsToActivate. Errors: those of Ask.
SOD_API Result<NotActivated> WhyNotActivated(const Table& table, Workspace& workspace, const Subject& subject, HeldKind kind, uint32_t target, Instant at);
SOD_API std::string_view WordsOf(NotActivated why);  // "it is held as eligible only"

// How many of the largest sets a SessionAnswer counts; it holds the first kMaxSafeSets of them.
inline constexpr size_t kMaxSafeSetsCounted = 10'000;

struct SessionAnswer {
  std::vector<SessionThing> things = {};           // whatever could be activated, in the order it is held in
  std::vector<uint32_t> active = {};               // of things, in the order of the question
  std::optional<uint32_t> added = {};              // what is to be activated, too
  // Of what is active with what is added. Its conflicts are those of rules per session: `introduced` by what is added, or there
  // before (`before`) and made worse by it (`worsened_to`). No word about frameworks, which are about what is held.
  Answer answer = {};
  Verdict verdict = Verdict::Clear;                // of that session
  std::optional<Verdict> added_verdict = {};       // of what the addition introduces or makes worse
  std::vector<std::string> unknown = {};           // why it cannot be judged
  std::vector<std::vector<uint32_t>> safe_sets = {};
  size_t safe_set_count = 0;                       // told or not
  bool is_count_cut_off = false;                   // there may be more than that

  Verdict decisive() const { return added_verdict.value_or(verdict); }
};

// What one session of the subject comes to in which `active` are active and `added` is to be, too: indices of
// ThingsToActivate, each once. Rules for all times are of what is held and no matter of a session (decision 0085).
// Errors: those of Ask, and BadArgument for an index that is none.
SOD_API Result<SessionAnswer> AskAboutSession(const Table& table, Workspace& workspace, const Subject& subject, Instant at, std::vector<uint32_t> active,
                                              std::optional<uint32_t> added, const AskOptions& options = {});

}  // namespace sod

#endif  // SOD_SESSION_H_
