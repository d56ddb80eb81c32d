#include "compiler/driver/holder_output.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/answer_output.h"
#include "compiler/driver/path_words.h"

namespace sodc {
namespace {

llvm::StringRef RefInto(std::string_view text) { return {text.data(), text.size()}; }

std::string PeopleIn(uint32_t count) { return count == 0 ? "nobody" : count == 1 ? "1 person" : fmt::format("{} people", count); }

std::string_view HoldIt(uint32_t count) { return count > 1 ? "hold" : "holds"; }

// "2 people hold it", "1 to 3 people may hold it", "at least 1 person holds it".
std::string NumberInWords(const sod::HolderCount& count) {
  if (count.most == sod::kNone && count.least == 0) return "any number of people may hold it";
  if (count.most == sod::kNone) return fmt::format("at least {} {} it", PeopleIn(count.least), HoldIt(count.least));
  if (count.least == count.most) return fmt::format("{} {} it", PeopleIn(count.least), HoldIt(count.least));
  return fmt::format("{} to {} may hold it", count.least, PeopleIn(count.most));
}

std::string ShortNumber(const sod::HolderCount& count) {
  if (count.most == sod::kNone) return fmt::format("{} or more", count.least);
  return count.least == count.most ? std::to_string(count.least) : fmt::format("{} to {}", count.least, count.most);
}

std::string HolderLine(const sod::Table& table, sod::Instant as_of, const sod::HolderChange& change) {
  const sod::HolderCount& after = change.after;
  const std::string when = change.at > as_of ? ", from " + FirstDay(table, change.at) + " on" : "";
  const std::string who = change.holders.empty() ? "" : fmt::format(" ({})", fmt::join(change.holders, ", "));
  std::string line = fmt::format("{}: {}{}. With the request {}{}, and ", after.bound.name.title, WordsOf(change.verdict), when, NumberInWords(after), who);
  line += change.is_few ? fmt::format("at least {} must", *after.bound.at_least) : fmt::format("at most {} may", *after.bound.at_most);
  line += fmt::format("; {} without it.", ShortNumber(change.before));
  for (const std::string& unknown : after.unknown) line += fmt::format(" Not known: {}.", unknown);
  return SafeText(line);
}

llvm::json::Value NumberOrNull(std::optional<uint32_t> number) { return number ? llvm::json::Value(*number) : llvm::json::Value(nullptr); }

void WritePeople(std::string_view key, const sod::HolderCount& count, llvm::json::OStream& out) {
  out.attributeObject(RefInto(key), [&] {
    out.attribute("least", count.least);
    out.attribute("most", count.most == sod::kNone ? llvm::json::Value(nullptr) : llvm::json::Value(count.most));
  });
}

}  // namespace

std::string HolderChangesInWords(const sod::Table& table, sod::Instant as_of, const std::vector<sod::HolderChange>& changes) {
  std::string text;
  for (const sod::HolderChange& change : changes) text += "\n" + HolderLine(table, as_of, change) + "\n";
  return text;
}

void WriteHolderChanges(const sod::Table& table, const std::vector<sod::HolderChange>& changes, llvm::json::OStream& out) {
  out.attributeArray("holders", [&] {
    for (const sod::HolderChange& change : changes) {
      out.object([&] {
        const sod::HolderBound& bound = change.after.bound;
        out.attribute("kind", bound.is_role ? "role" : "duty");
        out.attribute("id", RefInto(bound.name.name));
        out.attribute("title", RefInto(bound.name.title));
        out.attribute("verdict", RefInto(sod::SpellingOf(change.verdict)));
        out.attribute("verdict_before", RefInto(sod::SpellingOf(change.before.verdict)));
        out.attribute("at_least", NumberOrNull(bound.at_least));
        out.attribute("at_most", NumberOrNull(bound.at_most));
        WritePeople("people", change.after, out);
        WritePeople("people_before", change.before, out);
        out.attribute("from", FirstDay(table, change.at));
        out.attributeArray("holders", [&] {
          for (const std::string& holder : change.holders) out.value(holder);
        });
        out.attributeArray("unknown", [&] {
          for (const std::string& unknown : change.after.unknown) out.value(unknown);
        });
      });
    }
  });
}

std::string HoldersNotAsked(const sod::Table& table) {
  std::vector<std::string> titles;
  for (const sod::HolderBound& bound : sod::HolderBoundsOf(table)) titles.push_back(SafeText(bound.name.title));
  return NotLookedAt("whether too few or too many people would then hold", std::move(titles));
}

std::string_view AdviceOnHolders(const std::vector<sod::HolderChange>& changes) {
  const bool is_few = std::ranges::any_of(changes, &sod::HolderChange::is_few), is_many = std::ranges::any_of(changes, &sod::HolderChange::is_many);
  if (is_few && is_many) return "refuse the request: too few people would hold one thing, and too many another.";
  return is_few ? "refuse the request, or first give it to somebody else." : "refuse the request, or first take it away from somebody else.";
}

}  // namespace sodc
