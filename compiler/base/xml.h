// Text in XML 1.0.
#ifndef SODC_BASE_XML_H_
#define SODC_BASE_XML_H_

#include <string>
#include <string_view>

namespace sodc {

// For an attribute, or with `is_attribute` false for the text of an element. XML 1.0 has no way to write control
// characters; U+FFFD stands for them and for broken UTF-8. In an attribute a plain line end would be read as a blank.
std::string EscapedForXml(std::string_view text, bool is_attribute = true);

}  // namespace sodc

#endif  // SODC_BASE_XML_H_
