// How something is held: in which state and capacity, one scale of each; what may be delegated further.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sema/cases.h"

namespace sodc::test {
namespace {

constexpr char kHead[] =
    "policy p { language 1 }\nimport std.capacities\nsystem y scope site { value oslo value bergen }\n"
    "duty d duty e role r { grants d } role s { includes r } role t { grants d in site oslo } person a person b person c\n";

TEST(Counting, TakesEveryStateButSuspended) {
  const Case cases[] = {
      {"conflict x between d and e { counting active, eligible, requested, emergency }", ""},
      {"conflict x between d and e { counting emergency }", ""},
      {"conflict x between d and e { counting suspended }", "SOD1332 5:39"},
      {"conflict x between d and e { counting activ }", "SOD1104 5:39"},
  };
  ExpectDiagnostics(kHead, cases);
}

TEST(Scales, OfCapacityAndOfStateAreOne) {
  const Case cases[] = {
      {"scale again { measures capacity member does { acting } }", "SOD1107 5:7 a second scale measures capacity"},
      {"scale one { measures state member held } scale two { measures state member lent }", "SOD1107 5:48 a second scale measures state"},
      {"scale one { measures state member held } scale two { measures other member lent }", ""},
  };
  ExpectDiagnostics(kHead, cases);
}

TEST(Entitlements, AreAssignedInNoCapacity) {
  const Case cases[] = {{"assign a to entitlement y \"E\" as owner", "SOD1315 5:13"}};
  ExpectDiagnostics(kHead, cases);
}

// Whoever holds it by a delegation alone passes it on only where that is allowed (SEM-3, E40).
TEST(Delegations, ArePassedOnWhereThatIsAllowed) {
  const char* kRefused = "SOD1334";
  const Case cases[] = {
      {"assign a to d delegate d from a to b delegate d from b to c", kRefused},
      {"assign a to d delegate d from a to b { sub_delegation refused } delegate d from b to c", kRefused},
      {"assign a to d delegate d from a to b { sub_delegation allowed } delegate d from b to c", ""},
      // By a role that grants it, or includes one that does.
      {"assign a to s delegate s from a to b delegate d from b to c", kRefused},
      {"assign a to s delegate s from a to b delegate r from b to c", kRefused},
      // By a team, and by a service.
      {"team u { members b } assign a to d delegate d from a to u delegate d from b to c", kRefused},
      {"service v person w { acts as v } assign a to d delegate d from a to v delegate d from w to c", kRefused},
      // What is held otherwise, in the same time and place.
      {"assign a to d assign b to s delegate d from a to b delegate d from b to c", ""},
      {"assign a to d assign b to d suspended delegate d from a to b delegate d from b to c", kRefused},
      {"assign a to d assign b to r as owner delegate d from a to b delegate d from b to c", kRefused},
      {"assign a to d assign b to d until 2026-05 delegate d from a to b delegate d from b to c from 2026-06", kRefused},
      {"assign a to d assign b to t delegate d from a to b delegate d from b to c in site oslo", ""},
      {"assign a to d assign b to t delegate d from a to b delegate d from b to c in site bergen", kRefused},
      // Delegations that never meet.
      {"assign a to d delegate d from a to b until 2026-05 delegate d from b to c from 2026-06", ""},
  };
  ExpectDiagnostics(kHead, cases);
}

}  // namespace
}  // namespace sodc::test
