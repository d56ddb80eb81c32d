// Tokens and what is expected, in the author's words.
#ifndef SODC_PARSE_DESCRIBE_H_
#define SODC_PARSE_DESCRIBE_H_

#include <string>
#include <string_view>

#include "compiler/parse/antlr/grammar_tables.h"

namespace sodc {

// "a name, `,` or an attribute".
std::string DescribeExpected(const KindSet& expected);

// "a name", "`with`".
std::string DescribeKind(TokenKind kind);

// "`with`", "the text "One person…"".
std::string DescribeToken(std::string_view text, Token token);

}  // namespace sodc

#endif  // SODC_PARSE_DESCRIBE_H_
