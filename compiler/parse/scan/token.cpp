#include "compiler/parse/scan/token.h"

#include <array>
#include <cstddef>

namespace sodc {
namespace {

constexpr std::string_view kSpellings[] = {
    "",
#define SODC_TOKEN(Name, Generated, Spelling) Spelling,
#include "compiler/parse/scan/tokens.def"
};
constexpr size_t kKindCount = std::size(kSpellings);
static_assert(kKindCount <= kMaxTokenKinds);

constexpr WordClass kClasses[] = {
    WordClass::None,
#define SODC_DECLARATION_WORD(Name, Generated, Spelling) WordClass::Declaration,
#define SODC_CONNECTOR(Name, Generated, Spelling) WordClass::Connector,
#define SODC_SOFT_WORD(Name, Generated, Spelling) WordClass::Soft,
#define SODC_TOKEN(Name, Generated, Spelling) WordClass::None,
#include "compiler/parse/scan/tokens.def"
};

constexpr size_t kSlots = 2048;  // four times the words: probing stays short

constexpr size_t SlotOf(std::string_view word) {
  uint32_t hash = 2166136261u;
  for (const char c : word) hash = (hash ^ static_cast<uint8_t>(c)) * 16777619u;
  return (hash ^ (hash >> 15)) % kSlots;
}

constexpr std::array<uint16_t, kSlots> MakeTable() {
  std::array<uint16_t, kSlots> table{};
  for (size_t kind = 1; kind < kKindCount; ++kind) {
    if (kClasses[kind] == WordClass::None) continue;
    size_t slot = SlotOf(kSpellings[kind]);
    while (table[slot] != 0) slot = (slot + 1) % kSlots;
    table[slot] = static_cast<uint16_t>(kind);
  }
  return table;
}

constexpr std::array<uint16_t, kSlots> kWords = MakeTable();

}  // namespace

// Sets of kinds have room for more than there are; what lies behind the last kind has no class and no spelling.
WordClass ClassOf(TokenKind kind) {
  const auto index = static_cast<size_t>(kind);
  return index < kKindCount ? kClasses[index] : WordClass::None;
}

std::string_view SpellingOf(TokenKind kind) {
  const auto index = static_cast<size_t>(kind);
  return index < kKindCount ? kSpellings[index] : std::string_view{};
}

TokenKind KindOfWord(std::string_view word) {
  for (size_t slot = SlotOf(word); kWords[slot] != 0; slot = (slot + 1) % kSlots) {
    if (kSpellings[kWords[slot]] == word) return static_cast<TokenKind>(kWords[slot]);
  }
  return TokenKind::PlainName;
}

}  // namespace sodc
