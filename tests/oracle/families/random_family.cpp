// F7 of appendix I.
#include "../world/random_world.h"
#include "family.h"

namespace oracle {

Family RandomFamily(uint64_t seed, uint64_t count) {
  return {"F7 random", count, 0, [seed](uint64_t index) {
            const uint64_t own_seed = (seed + index) * 0x9e3779b97f4a7c15ULL + 1;
            Case entry{RandomWorld(own_seed), {}};
            entry.questions = RandomQuestions(entry.world, own_seed);
            return entry;
          }};
}

}  // namespace oracle
