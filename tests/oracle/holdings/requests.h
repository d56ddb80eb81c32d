// Requests beside undecided grants: every way of deciding them is tried.
#ifndef SODC_TESTS_ORACLE_HOLDINGS_REQUESTS_H_
#define SODC_TESTS_ORACLE_HOLDINGS_REQUESTS_H_

#include <string>

namespace oracle::holdings {

// Everybody in CertaintiesWorld asks for each duty and each role; the verdict on the request is compared
// with what all ways of deciding say, and three wrong readings must be seen. Prints the counts.
bool RunRequests(const std::string& folder);

}  // namespace oracle::holdings

#endif  // SODC_TESTS_ORACLE_HOLDINGS_REQUESTS_H_
