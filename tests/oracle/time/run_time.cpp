// F6 of appendix I: three days, and every interval of them for two assignments, a control, a waiver and a delegation:
// 6^5 worlds, each judged on each of the three days, 23 328 answers. The delegation is of two kinds: the person lets the one
// who performs the control and approved the waiver stand in, or is given one side of the conflict; so twice as many. The
// days are those around a leap day. Every day is judged here from the intervals alone; the table must say the same of each day,
// and when the answer changes next, from what to what, and because of what. Asked for, what was assigned is judged by the worst
// of its days (SEM-12). Each rule of time is then broken once: a
// broken one that no answer contradicts would prove nothing.
#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "../product/compile_world.h"
#include "sod/changes.h"
#include "sod/query.h"

namespace oracle {
namespace {

constexpr long kDayBefore = 21'241;  // 2028-02-27 in days since 1970; the days of the window are 1, 2 and 3 behind it
const char* const kDates[] = {"2028-02-27", "2028-02-28", "2028-02-29", "2028-03-01"};
constexpr int kLastDay = 5;  // behind the window, where nothing is left to change

// Both days included.
struct Interval {
  int first = 0, last = 0;
  bool Holds(int day) const { return first <= day && day <= last; }
};
constexpr Interval kIntervals[] = {{1, 1}, {1, 2}, {1, 3}, {2, 2}, {2, 3}, {3, 3}};

enum class Lent { ToTheApprover, ToThePerson };

struct Case {
  Interval pay, post, control, waiver, delegation;
  Lent lent = Lent::ToTheApprover;
};

enum class Broken {
  Nothing, LastDayOfAssignmentLeftOut, LastDayOfControlLeftOut, LastDayOfWaiverLeftOut, LastDayOfDelegationLeftOut, FirstDayLeftOut,
  StandingInIgnored, StandingInOnFirstDayIgnored, StandingInOnThatDayIgnored, StandingInLeavesControls, LentGivesNothing,
  WaiverBeforeControl, ControlsLastForEver,
  // Of changes alone.
  ChangeOnTheLastDay, OnlyHoldingsChange, HoldingsNeverChange, DelegationsNeverChange, EverythingOfTheDayIsACause, TheFirstDayItself,
  // Of requests alone.
  OnTheFirstDayOfTheRequest, OnTheLastDayOfTheRequest
};
constexpr int kBrokenCount = static_cast<int>(Broken::OnTheLastDayOfTheRequest);

// How the one conflict stands.
struct Standing {
  std::string disposition = "clear";  // clear: there is none
  bool counts = false, is_excused = false;
  bool operator==(const Standing&) const = default;
};

struct Change {
  int day = 0;                        // 0: never
  Standing before, after;
  std::set<std::string> because;
  bool operator==(const Change&) const = default;
};

// ---- The judge: a day at a time

class Judging {
 public:
  Judging(const Case& c, Broken broken) : c_(c), broken_(broken) {}

  Standing On(int day) const {
    if (!HoldsPay(day) || !HoldsPost(day)) return {};
    const bool counts = Counts(day), excuses = Excuses(day);
    if (excuses && (!counts || broken_ == Broken::WaiverBeforeControl)) return {"waived", counts, true};
    return {counts ? "mitigated" : "denied", counts, false};
  }

  // Asked for in the interval in which it is assigned: the worst of the days on which the request lasts.
  std::string Requested() const {
    const std::string order[] = {"denied", "waived", "mitigated", "clear"};  // worst first
    std::set<std::string> found;
    for (int day = c_.post.first; day <= c_.post.last; ++day) {
      const bool is_looked_at = (broken_ != Broken::OnTheFirstDayOfTheRequest || day == c_.post.first) &&
                                (broken_ != Broken::OnTheLastDayOfTheRequest || day == c_.post.last);
      if (is_looked_at) found.insert(On(day).disposition);
    }
    return *std::find_if(std::begin(order), std::end(order), [&](const std::string& word) { return found.count(word) != 0; });
  }

  Change After(int day) const {
    const Standing now = On(day);
    if (broken_ == Broken::TheFirstDayItself && day > 0 && On(day - 1) != now) return {day, On(day - 1), now, Because(day, On(day - 1), now)};
    for (int later = day + 1; later <= kLastDay; ++later) {
      const Standing then = On(later);
      if (then == now) continue;
      const bool is_held = now.disposition != "clear" && then.disposition != "clear";
      if (broken_ == Broken::OnlyHoldingsChange && is_held) continue;
      if (broken_ == Broken::HoldingsNeverChange && !is_held) continue;
      if (broken_ == Broken::DelegationsNeverChange && (c_.delegation.first == later || c_.delegation.last + 1 == later)) continue;
      const int told = broken_ == Broken::ChangeOnTheLastDay ? later - 1 : later;
      return {told, now, then, Because(later, now, then)};
    }
    return {};
  }

 private:
  bool Holds(const Interval& interval, int day, Broken without_last) const {
    if (broken_ == without_last && day == interval.last) return false;
    if (broken_ == Broken::FirstDayLeftOut && day == interval.first) return false;
    return interval.Holds(day);
  }
  bool IsLent(int day) const { return Holds(c_.delegation, day, Broken::LastDayOfDelegationLeftOut); }
  bool HoldsPay(int day) const { return Holds(c_.pay, day, Broken::LastDayOfAssignmentLeftOut); }
  bool HoldsPost(int day) const {
    if (Holds(c_.post, day, Broken::LastDayOfAssignmentLeftOut)) return true;
    return c_.lent == Lent::ToThePerson && broken_ != Broken::LentGivesNothing && IsLent(day);
  }
  bool StandsIn(int day) const { return c_.lent == Lent::ToTheApprover && broken_ != Broken::StandingInIgnored && IsLent(day); }
  // Who performs the control must be somebody else.
  bool Counts(int day) const {
    const bool is_there = broken_ == Broken::ControlsLastForEver ? day >= c_.control.first : Holds(c_.control, day, Broken::LastDayOfControlLeftOut);
    return is_there && (broken_ == Broken::StandingInLeavesControls || !StandsIn(day));
  }
  // So must who approved the waiver, that day and on its first one.
  bool Excuses(int day) const {
    const bool then = broken_ != Broken::StandingInOnThatDayIgnored && StandsIn(day);
    const bool at_first = broken_ != Broken::StandingInOnFirstDayIgnored && StandsIn(c_.waiver.first);
    return Holds(c_.waiver, day, Broken::LastDayOfWaiverLeftOut) && !then && !at_first;
  }

  // ---- What begins, or is over, on the day and makes the difference

  static void AddIf(const Interval& interval, int day, bool begins, const std::string& name, std::set<std::string>& causes) {
    if (begins && interval.first == day) causes.insert(name + " begins");
    if (!begins && interval.last + 1 == day) causes.insert(name + " ends");
  }
  void AddSides(int day, bool begins, std::set<std::string>& causes) const {
    AddIf(c_.pay, day, begins, "assignment pay", causes);
    AddIf(c_.post, day, begins, "assignment post", causes);
    if (c_.lent == Lent::ToThePerson) AddIf(c_.delegation, day, begins, "delegation", causes);
  }
  // By itself, or else by who stands in: that begins when the other is over.
  void AddFlip(const Interval& interval, int day, bool begins, const std::string& name, std::set<std::string>& causes) const {
    const size_t before = causes.size();
    AddIf(interval, day, begins, name, causes);
    if (causes.size() == before) AddIf(c_.delegation, day, !begins, "delegation", causes);
  }
  std::set<std::string> Because(int day, const Standing& before, const Standing& after) const {
    std::set<std::string> causes;
    if (broken_ == Broken::EverythingOfTheDayIsACause) return All(day);
    if (before.disposition == "clear" || after.disposition == "clear") {
      AddSides(day, before.disposition == "clear", causes);
      return causes;
    }
    if (before.counts != after.counts) AddFlip(c_.control, day, after.counts, "control", causes);
    const bool could_before = Excuses(day - 1), can_after = Excuses(day);
    if (before.is_excused && !can_after) AddFlip(c_.waiver, day, false, "waiver", causes);
    if (after.is_excused && !could_before) AddFlip(c_.waiver, day, true, "waiver", causes);
    return causes;
  }
  std::set<std::string> All(int day) const {
    std::set<std::string> causes;
    for (const bool begins : {true, false}) {
      AddIf(c_.pay, day, begins, "assignment pay", causes);
      AddIf(c_.post, day, begins, "assignment post", causes);
      AddIf(c_.control, day, begins, "control", causes);
      AddIf(c_.waiver, day, begins, "waiver", causes);
      AddIf(c_.delegation, day, begins, "delegation", causes);
    }
    return causes;
  }

  const Case& c_;
  const Broken broken_;
};

// ---- The text

std::string From(const Interval& interval) { return std::string(" from ") + kDates[interval.first] + " until " + kDates[interval.last]; }

// All worlds with these two intervals, a person each.
struct World {
  Interval control, waiver;
  Lent lent = Lent::ToTheApprover;

  std::vector<Case> Cases() const {
    std::vector<Case> cases;
    for (const Interval& pay : kIntervals) {
      for (const Interval& post : kIntervals) {
        for (const Interval& delegation : kIntervals) cases.push_back({pay, post, control, waiver, delegation, lent});
      }
    }
    return cases;
  }

  std::string Text() const {
    std::string text = "policy world \"World\" { language 1  appetite low }\nimport std.risk\nperson keeper\nperson owner\nwaivers { longest 100d }\n";
    text += "duty pay\nduty post\nduty other\nassign owner to post\n";
    text += "control count \"count\" { nature detective, manual  performer keeper  valid" + From(control) + "  evidence log \"kept\" }\n";
    text += "conflict c between pay and post { risk medium  mitigated by count }\n";
    int number = 0;
    for (const Case& c : Cases()) {
      const std::string name = "p" + std::to_string(number++);
      text += "person " + name + "\nassign " + name + " to pay" + From(c.pay) + "\nassign " + name + " to post" + From(c.post) + "\n";
      text += lent == Lent::ToTheApprover ? "assign " + name + " to other\ndelegate other from " + name + " to keeper" : "delegate post from owner to " + name;
      text += From(c.delegation) + "\n";
      text += "waiver of_" + name + " { for " + name + "  conflict c  reason \"for the test\"  requester " + name + "  approver keeper  valid" + From(waiver) + " }\n";
    }
    return text;
  }
};

// ---- The answers of the table

sod::Instant At(int day) { return (kDayBefore + day) * 86'400L; }

Standing StandingOf(const std::optional<sod::ConflictState>& state) {
  if (!state) return {};
  return {std::string(SpellingOf(state->disposition)), !state->counted.empty(), !state->excused_by.empty()};
}

Standing StandingOf(const sod::Answer& answer) {
  if (answer.conflicts.size() != 1) return {answer.conflicts.empty() ? std::string(SpellingOf(answer.verdict)) : "several", false, false};
  const sod::Conflict& conflict = answer.conflicts.front();
  Standing standing = {std::string(SpellingOf(answer.verdict)), false, false};
  if (answer.verdict != conflict.disposition) standing.disposition = "not its conflict's";
  for (const sod::JudgedControl& control : conflict.controls) standing.counts |= control.counts();
  for (const sod::JudgedWaiver& waiver : conflict.waivers) standing.is_excused |= waiver.is_used;
  return standing;
}

// The verdict when what is assigned is taken away and asked for.
std::string RequestedOf(const sod::Table& table, sod::Workspace& workspace, sod::Subject subject, const Case& c) {
  const uint32_t post = table.FindDuty("post").value();
  std::erase_if(subject.holdings, [&](const sod::Holding& holding) { return holding.target == post && holding.assignment != sod::kNone; });
  sod::Holding request;
  request.target = post;
  request.from = At(c.post.first);
  request.until = At(c.post.last + 1);
  const auto answer = sod::Ask(table, workspace, subject, At(0), request);
  return answer ? std::string(SpellingOf(answer->verdict)) : answer.error().message;
}

Change ChangeOf(const std::vector<sod::AnswerChange>& changes) {
  if (changes.empty()) return {};
  const sod::AnswerChange& next = changes.front();
  if (changes.size() != 1 || next.conflicts.size() != 1 || next.at % 86'400 != 0) return {-1, {}, {}, {}};
  const sod::ConflictChange& conflict = next.conflicts.front();
  Change change = {static_cast<int>(next.at / 86'400 - kDayBefore), StandingOf(conflict.before), StandingOf(conflict.after), {}};
  const bool is_whole = SpellingOf(next.before) == change.before.disposition && SpellingOf(next.after) == change.after.disposition;
  if (!is_whole) change.day = -1;
  for (const sod::Cause& cause : conflict.because) {
    const std::string name = cause.kind == sod::CauseKind::Assignment ? " " + std::string(cause.what.name) : "";
    change.because.insert(std::string(SpellingOf(cause.kind)) + name + (cause.begins ? " begins" : " ends"));
  }
  return change;
}

std::string Text(const Change& change) {
  std::string text = std::to_string(change.day) + ": " + change.before.disposition + " > " + change.after.disposition;
  for (const std::string& cause : change.because) text += "; " + cause;
  return text;
}

class Run {
 public:
  bool Judge(const World& world) {
    const TemporaryFolder folder;
    const Compiled compiled = CompileText(world.Text(), folder.path());
    if (compiled.bytes.empty()) {
      std::printf("the world is refused:\n%.2000s\n", compiled.problem.c_str());
      return false;
    }
    const auto table = sod::Table::Load(std::as_bytes(std::span(compiled.bytes.data(), compiled.bytes.size())));
    if (!table) return false;
    sod::Workspace workspace(table.value());
    int number = 0;
    for (const Case& c : world.Cases()) {
      const std::string name = "p" + std::to_string(number++);
      constexpr sod::NameKind kKinds[] = {sod::NameKind::Person};
      const auto subject = sod::SubjectOf(table.value(), table->Find(name, kKinds).value());
      CompareRequest(c, RequestedOf(table.value(), workspace, subject.value(), c));
      for (int day = 0; day <= 4; ++day) {
        const auto answer = sod::Ask(table.value(), workspace, subject.value(), At(day), std::nullopt);
        const auto changes = sod::ChangesOf(table.value(), workspace, subject.value(), At(day), sod::kEndOfTime, 1);
        if (!answer || !changes) return false;
        Compare(c, day, StandingOf(answer.value()), ChangeOf(changes.value()));
      }
    }
    return true;
  }

  int Report() const {
    std::printf("%ld answers on the days of the window, %ld on the days around, %ld changes, %ld requests, %ld disagreements\n", inside_, outside_, changes_, requests_,
                wrong_);
    for (const auto& [broken, found] : caught_) std::printf("broken rule %d: contradicted by %ld answers\n", static_cast<int>(broken), found);
    const bool all_caught = std::all_of(caught_.begin(), caught_.end(), [](const auto& entry) { return entry.second > 0; });
    return inside_ == 2 * 23'328 && requests_ == 2 * 7'776 && wrong_ == 0 && all_caught ? 0 : 1;
  }

 private:
  void Compare(const Case& c, int day, const Standing& answered, const Change& told) {
    const bool is_inside = 1 <= day && day <= 3;
    ++(is_inside ? inside_ : outside_);
    changes_ += told.day != 0 ? 1 : 0;
    const Judging judging(c, Broken::Nothing);
    const bool is_right = judging.On(day) == answered && judging.After(day) == told;
    if (!is_right && ++wrong_ <= 10) {
      std::printf("pay %d-%d post %d-%d control %d-%d waiver %d-%d lent %d-%d (%d), day %d: expected %s and %s, answered %s and %s\n", c.pay.first,
                  c.pay.last, c.post.first, c.post.last, c.control.first, c.control.last, c.waiver.first, c.waiver.last, c.delegation.first,
                  c.delegation.last, static_cast<int>(c.lent), day, judging.On(day).disposition.c_str(), Text(judging.After(day)).c_str(),
                  answered.disposition.c_str(), Text(told).c_str());
    }
    for (auto& [broken, count] : caught_) {
      if (broken >= Broken::OnTheFirstDayOfTheRequest) continue;
      const Judging other(c, broken);
      const bool is_contradicted = broken < Broken::ChangeOnTheLastDay ? other.On(day) != answered : other.After(day) != told;
      count += is_contradicted ? 1 : 0;
    }
  }

  void CompareRequest(const Case& c, const std::string& answered) {
    ++requests_;
    const std::string expected = Judging(c, Broken::Nothing).Requested();
    if (expected != answered && ++wrong_ <= 10) std::printf("a request: expected %s, answered %s\n", expected.c_str(), answered.c_str());
    for (const Broken broken : {Broken::OnTheFirstDayOfTheRequest, Broken::OnTheLastDayOfTheRequest}) {
      caught_[broken] += Judging(c, broken).Requested() != answered ? 1 : 0;
    }
  }

  static std::map<Broken, long> NothingCaught() {
    std::map<Broken, long> caught;
    for (int broken = 1; broken <= kBrokenCount; ++broken) caught[static_cast<Broken>(broken)] = 0;
    return caught;
  }

  long inside_ = 0, outside_ = 0, changes_ = 0, requests_ = 0, wrong_ = 0;
  std::map<Broken, long> caught_ = NothingCaught();
};

}  // namespace
}  // namespace oracle

int main() {
  oracle::Run run;
  for (const oracle::Interval& control : oracle::kIntervals) {
    for (const oracle::Interval& waiver : oracle::kIntervals) {
      for (const oracle::Lent lent : {oracle::Lent::ToTheApprover, oracle::Lent::ToThePerson}) {
        if (!run.Judge({control, waiver, lent})) return 1;
      }
    }
  }
  return run.Report();
}
