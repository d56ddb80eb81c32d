// How many may hold a duty or role (second-ring E38, class C13): `holders at least 1`, `holders at most 2`, over what people
// hold. Not downward closed, and about everybody at once: judged apart from conflicts.
#ifndef SOD_HOLDERS_H_
#define SOD_HOLDERS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sod/query.h"

namespace sod {

// What the policy says of one duty or role.
struct HolderBound {
  uint32_t provision = kNone;          // row of Provisions
  bool is_role = false;
  uint32_t row = kNone;                // of Duties or Roles
  Named name;
  std::optional<uint32_t> at_least, at_most;
};
// Declared order.
std::vector<HolderBound> HolderBoundsOf(const Table& table);

enum class BoundKept : uint8_t { Yes, Unknown, No };

struct HolderCount {
  HolderBound bound;
  // Who holds it for certain, each an index into the people that were given. Whoever stands in by a delegation alone is not one
  // more than whoever delegated it: told in `stand_ins`; where that one does not hold it, all who stand in are one together.
  std::vector<std::vector<uint32_t>> holders;
  std::vector<uint32_t> stand_ins;
  // So many people at least and at most, whatever the unknown is; `most` is kNone if nobody can say.
  uint32_t least = 0, most = 0;
  BoundKept at_least = BoundKept::Yes, at_most = BoundKept::Yes;
  std::vector<std::string> unknown;    // what is not known and decides, in words
  // Denied (or milder, by `mode at most`) if there are too few or too many; NotEvaluable if what is unknown decides; else Clear.
  Verdict verdict = Verdict::Clear;
};

// Counts among the people it is given, as processes do: only persons and external parties count, a vacant post is nobody. An
// account without an owner may be one person more; a team without members any number. Refers to its arguments.
class HolderJudge {
 public:
  // `people`: AllSubjects, with whatever a caller adds. O(people) to make.
  HolderJudge(const Table& table, std::span<const Subject> people);
  // O(holdings of all). INVARIANT: `bound` is one of HolderBoundsOf.
  HolderCount Judge(const HolderBound& bound, Instant at) const;
  // In words: "Ines"; of several who stand in for one who does not hold it "Ines with Tom".
  std::string HolderInWords(const std::vector<uint32_t>& holder) const;
  const Subject& person(uint32_t index) const { return people_[index]; }

 private:
  const Table& table_;
  std::span<const Subject> people_;
};

// What a request makes worse: fewer than there must be, more than there may be, or what is unknown decides it then.
struct HolderChange {
  HolderCount before, after;
  bool is_few = false, is_many = false;    // which of the two it makes worse
  Verdict verdict = Verdict::NotEvaluable; // the worse of these
  Instant at = 0;                          // the first moment of the worst verdict; it may be further beyond the bound later
  std::vector<std::string> holders;        // after it, in words
};
struct HolderChanges {
  std::vector<HolderChange> worse;         // declared order
  std::vector<HolderBound> judged;         // all but those that would have to be looked at more than kMaxHolderInstants moments
};
inline constexpr size_t kMaxHolderInstants = 256;

// A request of people[person], judged over its whole time: wherever what anybody holds begins or ends. Duties and roles that
// it does not touch are as they are. INVARIANT: person < people.size(). O(instants × holdings of all), for each bound.
HolderChanges ChangesOfHolders(const Table& table, std::span<const Subject> people, uint32_t person, const Request& request, Instant as_of);
// Makes the verdicts of the answer to that request as bad as what is found, and takes what was judged off `not_checked`.
void CountHolders(const Table& table, const HolderChanges& changes, Answer& answer);

}  // namespace sod

#endif  // SOD_HOLDERS_H_
