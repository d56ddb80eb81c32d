// How many different people did something, where not all of them are known (semantics C4; second-ring E15, E40). Private to the library.
#ifndef SOD_HISTORIES_DOERS_H_
#define SOD_HISTORIES_DOERS_H_

#include <cstdint>
#include <map>
#include <vector>

#include "runtime/histories/parties.h"

namespace sod::histories {

// Who acts for somebody is one person with them: otherwise one person could be two by acting in two names.
// Machines are nobody.
class Doers {
 public:
  explicit Doers(const Parties& parties) : parties_(parties) {}

  // Everybody to whom one act counts; whether all of them are known.
  bool Add(const std::vector<Party>& act);
  // No fewer than it may have been; exact for at most kMaxUnsure acts of somebody who is not known.
  uint32_t Most() const;
  // Whether there were so many, whoever the unknown are. A search that is given up says no.
  bool AreAtLeast(uint32_t wanted) const;

 private:
  static constexpr size_t kMaxUnsure = 256;
  struct Unsure {
    std::vector<uint32_t> people;  // one of these
    bool is_anyone = false;
    bool may_be_nobody = false;    // a machine
  };

  uint32_t LeaderOf(uint32_t person) const;
  std::vector<uint32_t> LeadersOf(const Unsure& act) const;
  uint32_t KnownCount() const;
  bool IsKnown(uint32_t leader) const { return leader_.contains(leader); }

  const Parties& parties_;
  std::map<uint32_t, uint32_t> leader_;  // of who is known to have acted; by person
  std::vector<Unsure> unsure_;
  uint32_t perhaps_one_ = 0;             // times that two who are counted may be one
};

}  // namespace sod::histories

#endif  // SOD_HISTORIES_DOERS_H_
