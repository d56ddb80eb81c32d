// Small families of what excuses without a waiver: every combination of what decides, each as a conflict of its
// own in one policy, the expected answer beside it, and wrong readings that must be contradicted.
#ifndef SODC_TESTS_ORACLE_EXCUSES_FAMILY_H_
#define SODC_TESTS_ORACLE_EXCUSES_FAMILY_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "../product/policy_under_test.h"

namespace oracle::excuses {

// What one conflict of an answer says.
struct Found {
  std::string disposition;                 // "clear": the conflict is not there
  std::map<std::string, bool> excuses;     // by name: whether it excuses
  bool operator==(const Found&) const = default;
};

// One answer: the subject, the instant, what is asked for.
struct Question {
  std::string name;                        // for reports
  sod::Subject subject;
  sod::Instant at = 0;
  std::optional<sod::Holding> request;
};

// Compares what is found with what is expected, and counts which wrong readings are contradicted.
class Tally {
 public:
  Tally(std::string family, std::vector<const char*> readings) : family_(std::move(family)), readings_(std::move(readings)), caught_(readings_.size(), 0) {}

  // `expected(r)`: by reading r; 0 is the right one.
  void Compare(const std::string& about, const Found& found, const std::function<Found(int)>& expected);
  // Prints the counts; false when something is wrong or their number is another.
  bool Report(long wanted) const;

 private:
  const std::string family_;
  const std::vector<const char*> readings_;
  std::vector<long> caught_;
  long cases_ = 0, hits_ = 0, excused_ = 0, wrong_ = 0;
};

sod::Subject PersonOf(const sod::Table& table, const std::string& name);
// The conflicts of the answer by name; empty with a problem printed when there is none.
std::map<std::string, Found> Ask(PolicyUnderTest& policy, const Question& question);

// Each compiles its policies, compares every case and says whether all is as it should be.
bool Exemptions();
bool Grandfatherings();
bool Emergencies();

}  // namespace oracle::excuses

#endif  // SODC_TESTS_ORACLE_EXCUSES_FAMILY_H_
