// The verdict without words: which rules the holdings violate at which instants,
// through which elements and holdings, and what of it a request introduces.
#ifndef SOD_CORE_JUDGE_H_
#define SOD_CORE_JUDGE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "runtime/core/parts.h"
#include "runtime/core/supply.h"
#include "sod/query.h"

namespace sod::core {

struct HitSpan {
  Instant from = 0;
  Instant until = 0;
  bool Contains(Instant at) const { return from <= at && at < until; }
};
// An element held while its rule is violated.
struct HitElement {
  bool is_new = false;                // at some instant held only through the request
  std::vector<Supplier> suppliers;    // ascending; the request is the last holding
  std::vector<Part> parts;            // in a policy with scopes: where it takes part
  std::vector<HitSpan> part_spans;    // of each part, when it does
  std::vector<HitSpan> spans;         // when it is held while the rule is violated
};
struct Hit {
  uint32_t held = 0;                  // members of the limit, at most over the instants
  bool introduced = false;
  bool is_done = false;               // something that was done, not only held: what should have prevented it did not
  const class CaseValues* values = nullptr;  // of what it was done on
  Instant first = kEndOfTime;         // the earliest instant judged at which it is violated
  std::vector<HitSpan> spans;         // from the instants judged to the next one, ascending
  std::map<uint32_t, HitElement> elements;  // by row of Elements
};
struct Judgement {
  std::map<uint32_t, Hit> hits;       // by row of Rules
  std::vector<bool> already_held;     // each grant, at every instant of its interval
  // Rules that may be violated, if undecided grants are decided so.
  std::set<uint32_t> undecided;
  // Rules that may be, if what their conditions read of the holder and is not known were so: since when.
  std::map<uint32_t, Instant> unknown;
  // Whether undecided grants, decided so, could let the request introduce a conflict that it does not
  // introduce for certain: a rule that may be violated, of which the request supplies something that is
  // not held for certain without it.
  bool is_request_undecided = false;
};

struct Question {
  std::span<const Holding> holdings;  // what is held, without what is taken away; sound (CheckHolding)
  std::span<const Holding> grants;    // what is held from then on, too
  std::span<const Holding> before;    // what is held without the request; unused without grants
  std::span<const Instant> instants;  // at which it is asked, ascending, each once; at least one
  Instant end = 0;                    // after the last of them
  uint32_t holder = kNone;            // row of Actors whose attributes conditions read
};

// What is asked for with its time: nothing begins before `as_of`.
struct Asked {
  std::vector<Holding> grants, revocations;
  Instant from = 0, until = 0;        // their time together
  bool is_empty() const { return grants.empty() && revocations.empty(); }
};

// Nothing when the holding names what exists. `what` begins the message: "the request".
std::optional<Error> CheckHolding(const Image& image, const Holding& holding, const char* what);
// The same of the whole question: also the cap on holdings, and what is to be taken as not there.
std::optional<Error> CheckQuestion(const Image& image, const Subject& subject, const Request& request, const AskOptions& options);
// The intervals with an open beginning closed at as_of; BadArgument when nothing is left of one.
Result<Asked> ClipRequest(const Request& request, Instant as_of);

// The instants inside the time of the request at which a rule begins or ends; unsorted.
std::vector<Instant> RuleChanges(const Image& image, const Asked& asked);
// Those at which the subject is to be judged: where its time begins, and inside it wherever a holding, a rule or an
// attribute of the subject changes; ascending, each once. `before`: with what it holds without the request.
std::vector<Instant> InstantsOf(const Image& image, const Asked& asked, const Subject& before, std::span<const Instant> rule_changes);

Judgement Judge(const Table& table, Workspace& workspace, const Question& question);

// By the mode alone.
Verdict DispositionOf(format::Mode effective_mode);

}  // namespace sod::core

#endif  // SOD_CORE_JUDGE_H_
