// Who stands behind an event: people, merged from accounts, services, teams and delegations (second-ring E8, E40).
#ifndef SOD_HISTORIES_PARTIES_H_
#define SOD_HISTORIES_PARTIES_H_

#include <map>
#include <string>
#include <vector>

#include "runtime/core/image.h"
#include "sod/history.h"

namespace sod::histories {

// One of these people did it, or whoever: the policy does not know.
struct Party {
  std::vector<uint32_t> people;  // rows of Actors, ascending, each once
  bool is_anyone = false;
  bool is_certain() const { return !is_anyone && people.size() == 1; }
  bool Includes(uint32_t person) const;  // kNone: somebody who is not named anywhere
};

class Parties {
 public:
  explicit Parties(const Table& table) : table_(table), image_(table.image()) {}

  // Everybody to whom the event counts: who did it, and on whose behalf if that is authorised then;
  // with who did it alone, `ignored` says in words what was not.
  std::vector<Party> Of(const HistoryEvent& event, std::string& ignored);
  // "tom", "the account desk:main", "somebody unknown": who did it, for people.
  std::string NameOf(const HistoryEvent& event) const;
  bool IsMachine(uint32_t actor) const;
  // Whether a delegation makes them one at the instant, either way round.
  bool StandsIn(uint32_t a, uint32_t b, Instant at) const;

 private:
  const Party& OfActor(uint32_t actor);
  const Party& OfAccount(uint32_t account);
  bool IsAuthorised(const HistoryEvent& event, const Party& doer) const;

  const Table& table_;
  const core::Image& image_;
  std::map<uint32_t, Party> actors_, accounts_;
};

}  // namespace sod::histories

#endif  // SOD_HISTORIES_PARTIES_H_
