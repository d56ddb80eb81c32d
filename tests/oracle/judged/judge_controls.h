// Which controls count for somebody on a day, and what they leave of a risk: appendix D of the rulings.
#ifndef SODC_TESTS_ORACLE_JUDGED_JUDGE_CONTROLS_H_
#define SODC_TESTS_ORACLE_JUDGED_JUDGE_CONTROLS_H_

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "judged_world.h"

namespace oracle::judged {

class JudgingControls {
 public:
  // `holds_some`: whether the person holds one of these duties then.
  JudgingControls(const World& world, std::vector<int> watched, int day, Reading reading,
                  std::function<bool(const std::vector<int>&)> holds_some)
      : world_(world), watched_(std::move(watched)), day_(day), reading_(reading), holds_some_(std::move(holds_some)) {}

  ControlAnswer Judge(int control) const;
  // Of the inherent risk, by these controls, which count.
  int Residual(int inherent, const std::vector<int>& counted) const;
  // Whether among the actors, or behind them, are the watched person and others.
  Behind LookAt(const std::vector<int>& actors) const;

 private:
  // The systems on which it rests, and the controls; itself first.
  struct Ground {
    std::vector<int> systems, controls;
  };
  bool Is(Reading reading) const { return reading_ == reading; }
  char ClassOf(const Control& control) const;
  Ground GroundOf(int row) const;
  bool Holds(const Evidence& evidence, int cadence) const;
  bool HasProof(const Control& control) const;
  bool HasOldProof(const Control& control) const;
  bool Names(const Immutable& immutable, const Control& control, bool is_of_control, int actor) const;
  bool IsLifted(const Keeping& keeping, const Control& control) const;
  void TestAdministrators(const std::vector<int>& administrators, const Control& control, std::set<std::string>& reasons) const;
  void TestKeeping(const Control& control, const Ground& ground, std::set<std::string>& reasons) const;
  void TestPeople(const Control& control, std::set<std::string>& reasons) const;
  void TestRecipients(const Control& control, const Ground& ground, std::set<std::string>& reasons) const;
  std::set<std::string> DomainsOf(int row) const;
  bool Share(int one, int other) const;
  int Steps(const std::vector<int>& counted) const;
  int StepsInOrder(const std::vector<int>& counted) const;

  const World& world_;
  const std::vector<int> watched_;
  const int day_;
  const Reading reading_;
  const std::function<bool(const std::vector<int>&)> holds_some_;
};

bool IsMemberOf(const World& world, int actor, int team);  // through any number of teams

}  // namespace oracle::judged

#endif  // SODC_TESTS_ORACLE_JUDGED_JUDGE_CONTROLS_H_
