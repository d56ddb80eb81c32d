// The second opinion: what semantics.md says about one question, written to be
// obviously right and as slow as it likes. It works on the structs of a world alone.
#ifndef SODC_TESTS_ORACLE_WORLD_JUDGE_H_
#define SODC_TESTS_ORACLE_WORLD_JUDGE_H_

#include <string>

#include "answer.h"
#include "plain_rules.h"
#include "world.h"

namespace oracle {

// Keeps the plain rules of one world over many questions. The world must outlive it.
class Judge {
 public:
  explicit Judge(const World& world) : world_(world), rules_(PlainRulesOf(world)) {}

  // Complete but for paths, which are checked below instead of predicted.
  Answer Decide(const Question& question) const;

  // The people who could be given what is requested without a denial or an approval, each as
  // "name verdict", with " held" when it is held already; declared order.
  std::vector<std::string> WhoCan(const Request& request, Seconds as_of) const;

  // The names of all subjects: people, then teams and externals nobody stands behind that hold
  // something, then accounts without owner; declared order.
  std::vector<std::string> Subjects() const;

  // What is wrong with the paths of somebody else's answer, empty when nothing: each witness
  // has one path for every holding that supplies it, each is a chain that the world really
  // has, and none could be shorter.
  // `own` is what Decide says about the same question.
  std::string CheckPaths(const Question& question, const Answer& own, const Answer& answer) const;

 private:
  const World& world_;
  std::vector<PlainRule> rules_;
};

}  // namespace oracle

#endif  // SODC_TESTS_ORACLE_WORLD_JUDGE_H_
