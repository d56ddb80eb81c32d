// Whether the chains in an answer exist in the world, and every one of the world is in the answer.
#include "judge.h"

#include <algorithm>

#include "held.h"

namespace oracle {

namespace {

const std::string& NameOf(const World& world, const PlainElement& element) {
  return element.is_role ? world.roles[element.index].name : world.duties[element.index].name;
}

const std::string& NameOf(const World& world, const Target& target) {
  return target.is_role ? world.roles[target.index].name : world.duties[target.index].name;
}

const Actor* ActorNamed(const World& world, const std::string& name) {
  for (const Actor& actor : world.actors) {
    if (actor.name == name) return &actor;
  }
  return nullptr;
}

// A person, then teams that each contain the one before, then perhaps an account of the last.
bool IsHolderChain(const World& world, const StepPath& path, const StepPath& shortest) {
  if (path.size() < shortest.size()) return false;
  if (shortest.empty()) return true;
  if (path[0] != shortest[0] || path[shortest.size() - 1] != shortest.back()) return false;
  for (size_t i = 0; i + 1 < shortest.size(); ++i) {
    if (path[i + 1].kind == "account") return path[i] == shortest[i];
    const Actor* team = ActorNamed(world, path[i + 1].id);
    const Actor* member = ActorNamed(world, path[i].id);
    if (team == nullptr || member == nullptr || path[i + 1].kind != "team") return false;
    const auto& members = team->members;
    const int row = static_cast<int>(member - world.actors.data());
    if (std::find(members.begin(), members.end(), row) == members.end()) return false;
  }
  return true;
}

// The holder, the request if it is one, the roles of the chain and, of a duty, the duty.
bool IsPathOf(const World& world, const StepPath& path, const Holding& holding, const std::vector<int>& chain,
              const PlainElement& element) {
  if (!IsHolderChain(world, path, holding.holder)) return false;
  StepPath wanted;
  if (holding.is_request) wanted.push_back({"request", "request"});
  for (const int role : chain) wanted.push_back({"role", world.roles[static_cast<size_t>(role)].name});
  if (!element.is_role) wanted.push_back({"duty", world.duties[element.index].name});
  const StepPath rest(path.begin() + static_cast<long>(holding.holder.size()), path.end());
  return rest.size() == wanted.size() && std::equal(rest.begin(), rest.end(), wanted.begin());
}

std::string PathText(const StepPath& path) {
  std::string text;
  for (const Step& step : path) text += " " + step.kind + ":" + step.id;
  return text;
}

// Every holding that supplies the element by itself has one path for each chain of inclusion (second-ring E33).
std::string CheckWitness(const World& world, const std::vector<Holding>& holdings,
                         const PlainElement& element, const WitnessAnswer& witness) {
  std::vector<StepPath> paths = witness.paths;
  for (const Holding& holding : holdings) {
    if (!Holds(HeldThrough(world, holding), element)) continue;
    const std::vector<std::vector<int>> chains =
        holding.target.is_role ? ChainsToElement(world, holding.target.index, element) : std::vector<std::vector<int>>(1);
    for (const std::vector<int>& chain : chains) {
      const auto path = std::find_if(paths.begin(), paths.end(), [&](const StepPath& candidate) {
        return IsPathOf(world, candidate, holding, chain, element);
      });
      if (path == paths.end()) {
        std::string text = "no right path to " + witness.name + " through" + PathText(holding.holder) +
                           " " + NameOf(world, holding.target) + "; there are:";
        for (const StepPath& left : paths) text += PathText(left) + ";";
        return text;
      }
      paths.erase(path);
    }
  }
  if (paths.empty()) return "";
  return "a path to " + witness.name + " that nothing supplies:" + PathText(paths[0]);
}

std::vector<Holding> ActiveSometimes(const std::vector<Holding>& holdings,
                                     const std::vector<Seconds>& moments) {
  std::vector<Holding> active;
  for (const Holding& holding : holdings) {
    const auto is_active = [&](Seconds at) { return holding.IsActive(at); };
    if (std::any_of(moments.begin(), moments.end(), is_active)) active.push_back(holding);
  }
  return active;
}

const WitnessAnswer* FindWitness(const World& world, const SideAnswer& side,
                                 const PlainElement& element) {
  for (const WitnessAnswer& witness : side.witnesses) {
    if (witness.is_role == element.is_role && witness.name == NameOf(world, element)) {
      return &witness;
    }
  }
  return nullptr;
}

}  // namespace

std::string Judge::CheckPaths(const Question& question, const Answer& own,
                              const Answer& answer) const {
  const std::vector<Holding> holdings = HoldingsWithRequest(world_, question);
  for (const ConflictAnswer& conflict : answer.conflicts) {
    const auto is_same_id = [&](const auto& other) { return other.id == conflict.id; };
    const auto rule = std::find_if(rules_.begin(), rules_.end(), is_same_id);
    const auto mine = std::find_if(own.conflicts.begin(), own.conflicts.end(), is_same_id);
    if (rule == rules_.end() || mine == own.conflicts.end()) return "unknown rule " + conflict.id;
    for (const PlainSide& side : rule->sides) {
      for (const PlainElement& element : side.elements) {
        for (const SideAnswer& answered : conflict.sides) {
          const WitnessAnswer* witness = FindWitness(world_, answered, element);
          if (witness == nullptr) continue;
          const std::string problem =
              CheckWitness(world_, ActiveSometimes(holdings, mine->moments), element, *witness);
          if (!problem.empty()) return conflict.id + ": " + problem;
        }
      }
    }
  }
  return "";
}

}  // namespace oracle
