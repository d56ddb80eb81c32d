#include "compiler/driver/state_digest.h"

#include <algorithm>

#include <fmt/format.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/SHA256.h>

#include "compiler/driver/answer_output.h"

namespace sodc {

namespace {

// One line: kind, name, level, capacity, state, times, account, and where; numbers are those of the table, which its
// own digest fixes.
std::string LineOf(const sod::Table& table, const sod::Holding& holding) {
  std::string line = fmt::format("{} {} {} {} {} {} {} {} {}", static_cast<int>(holding.kind), NameOfHeld(table, holding).name, holding.level,
                                 holding.capacity, static_cast<int>(holding.state), holding.from, holding.until, holding.account, holding.delegation);
  for (const sod::ScopeInterval& interval : holding.box) line += fmt::format(" {}-{}", interval.lo, interval.hi);
  return line + "\n";
}

}  // namespace

std::string StateDigest(const sod::Table& table, const sod::Subject& subject, const StateAsked& asked) {
  std::string text = fmt::format("sod.state/1\n{}\n{} {}\n", table.table_sha256(), static_cast<int>(subject.kind), subject.id);
  std::vector<std::string> held;
  for (const sod::Holding& holding : subject.holdings) held.push_back("holds " + LineOf(table, holding));
  std::ranges::sort(held);
  for (const std::string& line : held) text += line;
  for (size_t i = 0; i < asked.holdings.size(); ++i) text += (i < asked.grants ? "grant " : "revoke ") + LineOf(table, asked.holdings[i]);
  for (const std::string& name : asked.without) text += "without " + name + "\n";
  llvm::SHA256 hash;
  hash.update(text);
  return llvm::toHex(hash.final(), /*LowerCase=*/true);
}

}  // namespace sodc
