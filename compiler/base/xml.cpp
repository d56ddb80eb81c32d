#include "compiler/base/xml.h"

#include <algorithm>

#include "compiler/base/utf8.h"

namespace sodc {
namespace {

bool IsXmlCharacter(uint32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
         c >= 0x10000;
}

}  // namespace

std::string EscapedForXml(std::string_view text, bool is_attribute) {
  std::string escaped;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeUtf8(text, at);
    const bool is_known = point.length > 0 && IsXmlCharacter(point.value);
    switch (is_known ? point.value : 0) {
      case 0: AppendUtf8(escaped, 0xFFFD); break;
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\n': escaped += is_attribute ? "&#10;" : "\n"; break;
      case '\r': escaped += "&#13;"; break;
      case '\t': escaped += "&#9;"; break;
      default: escaped += text.substr(at, point.length);
    }
    at += std::max(1u, point.length);
  }
  return escaped;
}

}  // namespace sodc
