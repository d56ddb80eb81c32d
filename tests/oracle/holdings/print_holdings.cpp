// A world about holdings as the text of a policy.
#include "holdings_world.h"

namespace oracle::holdings {
namespace {

std::string CapacityText(int capacity) { return capacity == kUnsaid ? "" : std::string(" as ") + kCapacityWords[capacity]; }

std::string WhenText(const When& when) {
  if (when.first && when.second) return "";
  return when.first ? " until 2026-06" : " from 2026-07-01";
}

std::string RoleText(const World& world, size_t row) {
  std::string text = "role r" + std::to_string(row) + " {";
  for (const int included : world.roles[row].includes) text += " includes r" + std::to_string(included);
  for (const Grant& grant : world.roles[row].grants) {
    text += " grants d" + std::to_string(grant.duty) + CapacityText(grant.capacity);
    if (grant.certainty == Certainty::If) text += " if \"at night\"";
    if (grant.certainty == Certainty::Undecided) text += " undecided \"later\"";
  }
  return text + " }\n";
}

std::string ActorText(const World& world, int row) {
  constexpr const char* kWords[] = {"person ", "team ", "service "};
  const Actor& actor = world.actors[static_cast<size_t>(row)];
  std::string body;
  for (size_t i = 0; i < world.accounts.size(); ++i) {
    const std::vector<int>& users = world.accounts[i].users;
    for (const int user : users) {
      if (user == row) body += " account sys \"a" + std::to_string(i) + "\"" + (users.size() > 1 ? " shared" : "");
    }
  }
  for (size_t i = 0; i < actor.members.size(); ++i) body += (i == 0 ? " members " : ", ") + NameOfActor(world, actor.members[i]);
  for (size_t i = 0; i < actor.acts_as.size(); ++i) body += (i == 0 ? " acts as " : ", ") + NameOfActor(world, actor.acts_as[i]);
  return kWords[static_cast<int>(actor.kind)] + NameOfActor(world, row) + (actor.is_vacant ? " vacant" : "") +
         (body.empty() ? "" : " {" + body + " }") + "\n";
}

std::string ElementText(const World& world, const Element& element) {
  return std::string(element.is_direct ? "directly " : "") + (element.thing.is_role ? "roles { " : "{ ") +
         NameOf(world, element.thing) + " }" + CapacityText(element.capacity);
}

// Elements of one side are alike but for what they are about.
std::string SideText(const World& world, const Side& side) {
  if (side.size() == 1) return ElementText(world, side[0]);
  std::string text = std::string(side[0].is_direct ? "directly " : "") + "any of " + (side[0].thing.is_role ? "roles {" : "{");
  for (size_t i = 0; i < side.size(); ++i) text += (i == 0 ? " " : ", ") + NameOf(world, side[i].thing);
  return text + " }" + CapacityText(side[0].capacity);
}

std::string RuleText(const World& world, size_t row) {
  constexpr const char* kModes[] = {"deny", "approve", "warn", "observe"};
  const Rule& rule = world.rules[row];
  std::string text = "conflict c" + std::to_string(row);
  if (rule.sides.size() == 2) {
    text += " between " + SideText(world, rule.sides[0]) + " and " + SideText(world, rule.sides[1]);
  } else {
    text += " at most " + std::to_string(rule.at_most) + " of {";
    for (size_t i = 0; i < rule.sides.size(); ++i) text += (i == 0 ? " " : ", ") + NameOf(world, rule.sides[i][0].thing);
    text += " }";
  }
  text += std::string(rule.is_per_account ? " per account" : "") + " { mode " + kModes[rule.mode];
  for (int state = 0, count = 0; state < kStates; ++state) {
    if ((rule.counting >> state & 1) != 0) text += std::string(count++ == 0 ? " counting " : ", ") + kStateWords[state];
  }
  return text + " }\n";
}

std::string AssignmentText(const World& world, const Assignment& assignment) {
  const std::string who = assignment.account == kUnsaid ? NameOfActor(world, assignment.actor)
                                                        : "account sys \"a" + std::to_string(assignment.account) + "\"";
  return "assign " + who + " to " + NameOf(world, assignment.thing) + CapacityText(assignment.capacity) +
         (assignment.state == kActive ? "" : std::string(" ") + kStateWords[assignment.state]) + WhenText(assignment.when) + "\n";
}

}  // namespace

std::string NameOf(const World&, const Thing& thing) { return (thing.is_role ? "r" : "d") + std::to_string(thing.row); }

std::string NameOfActor(const World& world, int actor) {
  constexpr const char* kLetters[] = {"p", "t", "s"};
  return kLetters[static_cast<int>(world.actors[static_cast<size_t>(actor)].kind)] + std::to_string(actor);
}

std::string Text(const World& world) {
  std::string text = "policy holdings { language 1 }\nsystem sys\n";
  if (world.has_capacities) {
    text += "scale capacity { measures capacity";
    for (int i = 0; i < kCapacities; ++i) text += std::string(" member ") + kCapacityWords[i] + (i < kActing ? " { acting }" : "");
    text += " }\n";
  }
  for (int i = 0; i < world.duties; ++i) text += "duty d" + std::to_string(i) + "\n";
  for (size_t i = 0; i < world.roles.size(); ++i) text += RoleText(world, i);
  for (size_t i = 0; i < world.actors.size(); ++i) text += ActorText(world, static_cast<int>(i));
  for (size_t i = 0; i < world.rules.size(); ++i) text += RuleText(world, i);
  for (const Assignment& assignment : world.assignments) text += AssignmentText(world, assignment);
  for (const Delegation& delegation : world.delegations) {
    text += "delegate " + NameOf(world, delegation.thing) + " from " + NameOfActor(world, delegation.from) + " to " +
            NameOfActor(world, delegation.to) + WhenText(delegation.when) +
            (delegation.may_be_passed_on ? " { sub_delegation allowed }\n" : "\n");
  }
  return text;
}

}  // namespace oracle::holdings
