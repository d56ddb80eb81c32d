// The person whom a control watches, and who stands behind an actor that does something
// (rulings appendix D, SEM-15, SEM-22).
#ifndef SOD_CORE_WATCHED_H_
#define SOD_CORE_WATCHED_H_

#include <cstdint>
#include <vector>

#include "runtime/core/image.h"
#include "sod/query.h"

namespace sod::core {

// P: the subject, those it delegates to, and what it acts as. Nobody is it for a subject
// without edges: somebody new, a role.
class Watched {
 public:
  // `at`: the delegations in force then. `answer` lists what the subject holds.
  Watched(const Image& image, const Subject& subject, Instant at);

  bool Includes(uint32_t actor) const;
  // Everybody who is the person, ascending.
  const std::vector<uint32_t>& actors() const { return actors_; }
  // Whether the subject holds a duty or a role of the group at the instant.
  bool HoldsSomethingOf(uint32_t group) const;

 private:
  const Image& image_;
  const Subject& subject_;
  const Instant at_;
  std::vector<uint32_t> actors_;
};

// The actor and everybody through whom it acts: the members of a team, who controls an external
// party or a machine. O(actors reached).
std::vector<uint32_t> ActorsBehind(const Image& image, uint32_t actor);

// Who stands behind an actor.
struct Behind {
  bool has_others = false;    // somebody who is not the watched person
  bool has_watched = false;
  bool has_vacant = false;    // a post that nobody has
};
// A team stands for its members, an external party or a machine for who controls it; a vacant
// person is nobody. O(actors reached).
Behind WhoIsBehind(const Image& image, const Watched& watched, uint32_t actor);

}  // namespace sod::core

#endif  // SOD_CORE_WATCHED_H_
