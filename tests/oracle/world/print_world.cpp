// The text of a world, in the order of its structs or shuffled.
#include "print_world.h"

#include <algorithm>
#include <cctype>
#include <random>

namespace oracle {

namespace {

const char* const kModeNames[] = {"observe", "warn", "approve", "deny"};
const char* const kQuantifierNames[] = {"", "any of ", "all of ", "each of "};

// A name that is no plain word, or the one reserved word that worlds use, is written in backticks.
std::string Spell(const std::string& name) {
  const bool is_plain = name != "conflict" && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_';
  });
  return is_plain ? name : "`" + name + "`";
}

struct Date {
  int year = 2026;
  int month = 1;
  int day = 1;
  int days_in_month = 31;
};

int DaysInMonth(int year, int month) {
  static const int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && is_leap ? 29 : kDays[month - 1];
}

Date DateOf(int day) {
  Date date;
  int rest = day;
  while (rest < 0) {
    --date.year;
    for (int month = 1; month <= 12; ++month) rest += DaysInMonth(date.year, month);
  }
  while (rest >= DaysInMonth(date.year, date.month)) {
    rest -= DaysInMonth(date.year, date.month);
    if (++date.month > 12) {
      date.month = 1;
      ++date.year;
    }
  }
  date.day = rest + 1;
  date.days_in_month = DaysInMonth(date.year, date.month);
  return date;
}

std::string TwoDigits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string MonthText(const Date& date) {
  return std::to_string(date.year) + "-" + TwoDigits(date.month);
}

// Whole months are written as months every other time, so that both spellings are tried.
std::string FromText(int day) {
  const Date date = DateOf(day);
  return date.day == 1 && date.month % 2 == 0 ? MonthText(date) : PrintDay(day);
}
std::string UntilText(int day) {
  const Date date = DateOf(day);
  return date.day == date.days_in_month && date.month % 2 == 0 ? MonthText(date) : PrintDay(day);
}

std::string DaysText(const Days& days) {
  std::string text;
  if (days.from) text += " from " + FromText(*days.from);
  if (days.until) text += " until " + UntilText(*days.until);
  return text;
}

class Printer {
 public:
  explicit Printer(const World& world) : world_(world) {}

  std::string PrintPolicy() {
    std::string text = Header();
    if (world_.is_split) {
      text += "import \"" + std::string(kModuleFile) + "\"\n";
    } else {
      text += Vocabularies();
      AddParts();
    }
    for (int i = 0; i < world_.system_count; ++i) text += "system " + SystemName(i) + "\n";
    for (const Actor& actor : world_.actors) Add(actor.is_absent ? "" : ActorText(actor));
    for (const Assignment& assignment : world_.assignments) Add(AssignmentText(assignment));
    for (const Rule& rule : world_.rules) Add(RuleText(rule));
    return text + Declarations();
  }

  std::string PrintParts() {
    AddParts();
    return "module parts\n" + Vocabularies() + Declarations();
  }

 private:
  void Add(std::string declaration) {
    if (!declaration.empty()) declarations_.push_back(std::move(declaration));
  }

  void AddParts() {
    for (const Duty& duty : world_.duties) Add(duty.is_absent ? "" : DutyText(duty));
    for (const Group& group : world_.groups) Add(group.is_absent ? "" : GroupText(group));
    for (const Role& role : world_.roles) Add(role.is_absent ? "" : RoleText(role));
    for (const RoleGroup& group : world_.role_groups) Add("group " + Spell(group.name) + " = " + RolesText(group.roles) + "\n");
  }

  std::string Declarations() {
    Shuffle();
    std::string text;
    for (const std::string& declaration : declarations_) text += declaration;
    return text;
  }

  void Shuffle() {
    if (world_.order_seed == 0) return;
    std::mt19937_64 random(world_.order_seed);
    for (size_t i = declarations_.size(); i > 1; --i) {
      std::swap(declarations_[i - 1], declarations_[random() % i]);
    }
  }

  std::string Header() const {
    std::string text = "policy " + Spell(world_.name) + " {\n  language 1\n";
    if (world_.default_mode) text += "  default mode " + ModeText(*world_.default_mode) + "\n";
    if (world_.mode_ceiling) text += "  mode at most " + ModeText(*world_.mode_ceiling) + "\n";
    return text + "}\n";
  }

  std::string Vocabularies() const {
    std::string text;
    if (world_.level_count > 0) {
      text += "scale access {\n  measures access\n";
      for (int i = 0; i < world_.level_count; ++i) text += "  member " + LevelName(i) + "\n";
      text += "}\n";
    }
    if (world_.class_count > 0) {
      text += "scale duty_class {\n  measures duty_class\n";
      for (int i = 0; i < world_.class_count; ++i) text += "  member " + ClassName(i) + "\n";
      text += "}\n";
    }
    return text;
  }

  static std::string ModeText(Mode mode) { return kModeNames[static_cast<int>(mode)]; }
  std::string DutyName(int duty) const { return Spell(world_.duties[duty].name); }
  std::string GroupName(int group) const { return Spell(world_.groups[group].name); }

  std::string DutyOrGroup(int duty, int group) const {
    if (duty != kUnsaid) return DutyName(duty);
    return group != kUnsaid ? GroupName(group) : "all";
  }

  static std::string AtText(int level) {
    return level == kUnsaid ? "" : " at " + LevelName(level);
  }

  std::string DutyText(const Duty& duty) const {
    std::string text = "duty " + Spell(duty.name) + " {";
    if (duty.duty_class != kUnsaid) text += " class " + ClassName(duty.duty_class);
    for (size_t i = 0; i < duty.groups.size(); ++i) {
      text += (i == 0 ? " groups " : ", ") + GroupName(duty.groups[i]);
    }
    for (const Separation& separation : duty.separations) {
      text += "\n  separated from " + DutyOrGroup(separation.duty, separation.group);
      if (separation.is_should) text += " should \"where possible\"";
    }
    return text + " }\n";
  }

  std::string Listed(const std::vector<int>& duties, const std::vector<int>& groups,
                     const std::vector<int>& roles = {}) const {
    std::string text;
    for (int duty : duties) text += (text.empty() ? "{" : ", ") + DutyName(duty);
    for (int group : groups) text += (text.empty() ? "{" : ", ") + GroupName(group);
    for (int role : roles) text += (text.empty() ? "{" : ", ") + RoleName(role);
    return text + "}";
  }

  std::string RoleName(int role) const { return "role " + Spell(world_.roles[role].name); }

  // Roles alone are also written `roles { a, b }`.
  std::string SetText(const Side& side) const {
    if (side.duties.size() + side.roles.size() == 1) {
      return side.roles.empty() ? DutyName(side.duties[0]) : RoleName(side.roles[0]);
    }
    return side.duties.empty() ? RolesText(side.roles) : Listed(side.duties, {}, side.roles);
  }

  std::string RolesText(const std::vector<int>& roles) const {
    std::string text = "roles ";
    for (size_t i = 0; i < roles.size(); ++i) text += (i == 0 ? "{" : ", ") + Spell(world_.roles[roles[i]].name);
    return text + "}";
  }

  std::string GroupText(const Group& group) const {
    const bool has_definition = group.is_all || !group.duties.empty() || !group.groups.empty();
    std::string text = "group " + Spell(group.name);
    if (!has_definition) return text + "\n";
    text += " = " + (group.is_all ? std::string("all") : Listed(group.duties, group.groups));
    if (!group.except_duties.empty()) text += " except " + Listed(group.except_duties, {});
    if (group.where_class != kUnsaid) text += " where class " + ClassName(group.where_class);
    return text + "\n";
  }

  std::string RoleText(const Role& role) const {
    std::string text = "role " + Spell(role.name) + " {";
    for (size_t i = 0; i < role.includes.size(); ++i) {
      text += (i == 0 ? "\n  includes " : ", ") + Spell(world_.roles[role.includes[i]].name);
    }
    for (const Grant& grant : role.grants) {
      text += "\n  grants " + DutyOrGroup(grant.duty, grant.group) + AtText(grant.level);
    }
    for (const Restriction& restriction : role.restrictions) {
      text += "\n  restricts " + DutyOrGroup(restriction.duty, restriction.group);
      if (restriction.on_own_actions) text += " on own actions";
      if (restriction.is_should) text += " should \"where possible\"";
    }
    return text + (text.back() == '{' ? "}\n" : "\n}\n");
  }

  std::string AccountText(int account) const {
    const Account& entry = world_.accounts[account];
    return "account " + SystemName(entry.system) + " \"" + entry.identifier + "\"";
  }

  std::string ActorText(const Actor& actor) const {
    static const char* const kKinds[] = {"person ", "team ", "external "};
    std::string text = kKinds[static_cast<int>(actor.kind)] + Spell(actor.name);
    text += actor.is_vacant ? " vacant {" : " {";
    for (int account : actor.accounts) text += " " + AccountText(account);
    for (size_t i = 0; i < actor.members.size(); ++i) {
      text += (i == 0 ? " members " : ", ") + Spell(world_.actors[actor.members[i]].name);
    }
    return text + " }\n";
  }

  std::string TargetText(const Target& target) const {
    if (target.index == kUnsaid) return "all";
    if (target.is_role) return Spell(world_.roles[target.index].name);
    return DutyName(target.index) + AtText(target.level);
  }

  std::string AssignmentText(const Assignment& assignment) const {
    std::string text = "assign ";
    text += assignment.actor != kUnsaid ? Spell(world_.actors[assignment.actor].name)
                                        : AccountText(assignment.account);
    for (size_t i = 0; i < assignment.targets.size(); ++i) {
      text += (i == 0 ? " to " : ", ") + TargetText(assignment.targets[i]);
    }
    return text + DaysText(assignment.days) + "\n";
  }

  std::string SideText(const Side& side) const {
    if (side.role != kUnsaid) return (side.is_direct ? "directly " : "") + RoleName(side.role);
    std::string text = side.is_direct ? "directly " : "";
    text += kQuantifierNames[static_cast<int>(side.quantifier)];
    if (side.role_group != kUnsaid) return text + Spell(world_.role_groups[side.role_group].name);
    text += side.group != kUnsaid ? GroupName(side.group) : SetText(side);
    return text + AtText(side.duties.empty() && !side.roles.empty() ? kUnsaid : side.trigger);
  }

  std::string RuleText(const Rule& rule) const {
    std::string text = "conflict ";
    if (!rule.name.empty()) text += Spell(rule.name) + " ";
    if (rule.is_at_most) {
      text += "at most " + std::to_string(rule.at_most) + " of {";
      for (size_t i = 0; i < rule.sides.size(); ++i) {
        text += (i == 0 ? "" : ", ") + SideText(rule.sides[i]);
      }
      text += "}";
    } else if (rule.name.empty()) {
      text += SideText(rule.sides[0]) + " with " + SideText(rule.sides[1]);
    } else {
      text += "between " + SideText(rule.sides[0]) + " and " + SideText(rule.sides[1]);
    }
    text += " {";
    if (rule.is_should) text += " should \"where possible\"";
    if (rule.says_must) text += " must";
    if (rule.mode) text += " mode " + ModeText(*rule.mode);
    if (rule.valid.from || rule.valid.until) text += " valid" + DaysText(rule.valid);
    return text + " }\n";
  }

  const World& world_;
  std::vector<std::string> declarations_;
};

}  // namespace

std::string PrintDay(int day) {
  const Date date = DateOf(day);
  return MonthText(date) + "-" + TwoDigits(date.day);
}

std::string PrintWorld(const World& world) { return Printer(world).PrintPolicy(); }

std::string PrintModule(const World& world) {
  return world.is_split ? Printer(world).PrintParts() : "";
}

}  // namespace oracle
