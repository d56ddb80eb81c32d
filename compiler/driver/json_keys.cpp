#include "compiler/driver/json_keys.h"

#include <set>
#include <vector>

#include <llvm/Support/JSON.h>

namespace sodc {
namespace {

// Behind the closing quote of the text that opens at `begin`.
size_t EndOfText(std::string_view text, size_t begin) {
  size_t i = begin + 1;
  while (i < text.size() && text[i] != '"') i += text[i] == '\\' ? 2 : 1;
  return i + 1;
}

std::string Unescaped(std::string_view quoted) {
  auto value = llvm::json::parse(llvm::StringRef(quoted.data(), quoted.size()));
  if (!value) {
    llvm::consumeError(value.takeError());
    return std::string(quoted);
  }
  return value->getAsString().value_or("").str();
}

}  // namespace

std::optional<RepeatedKey> FindRepeatedKey(std::string_view text) {
  std::vector<std::set<std::string>> open;  // keys of every object and array that is open
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{' || text[i] == '[') open.emplace_back();
    if ((text[i] == '}' || text[i] == ']') && !open.empty()) open.pop_back();
    if (text[i] != '"') continue;
    const size_t end = EndOfText(text, i);
    const size_t next = text.find_first_not_of(" \t\r\n", end);
    if (next != std::string_view::npos && text[next] == ':' && !open.empty()) {
      std::string key = Unescaped(text.substr(i, end - i));
      if (!open.back().insert(key).second) return RepeatedKey{i + 1, std::move(key)};
    }
    i = end - 1;
  }
  return std::nullopt;
}

}  // namespace sodc
