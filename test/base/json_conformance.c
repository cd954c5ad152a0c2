/* What is JSON and what is not: cases in the style of JSONTestSuite, each read whole and byte by byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "json_events.h"

/* place: of the error, as line:column; NULL when the text must be accepted. */
struct text_case {
	const char *name;
	str text;
	const char *place;
};

#define CASE(name_, text_, place_)                                                                                     \
	{                                                                                                              \
		name_, {text_, sizeof(text_) - 1}, place_                                                              \
	}

#define X8(s_) s_ s_ s_ s_ s_ s_ s_ s_
#define X128(s_) X8(X8(s_)) X8(X8(s_))

static const struct text_case must_accept[] = {
    CASE("array_empty", "[]", NULL),
    CASE("array_empty_string", "[\"\"]", NULL),
    CASE("array_ending_with_newline", "[\"a\"]\n", NULL),
    CASE("array_false", "[false]", NULL),
    CASE("array_heterogeneous", "[null, 1, \"1\", {}]", NULL),
    CASE("array_null", "[null]", NULL),
    CASE("array_with_1_and_newline", "[1\n]", NULL),
    CASE("array_with_leading_space", " [1]", NULL),
    CASE("array_with_several_null", "[1,null,null,null,2]", NULL),
    CASE("array_with_trailing_space", "[2] ", NULL),
    CASE("array_spaces", "[[]   ]", NULL),
    CASE("array_nested", "[[[[]]],[],[[]]]", NULL),
    CASE("number", "[123e65]", NULL),
    CASE("number_0e+1", "[0e+1]", NULL),
    CASE("number_0e1", "[0e1]", NULL),
    CASE("number_after_space", "[ 4]", NULL),
    CASE("number_close_to_zero", "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]",
	 NULL),
    CASE("number_int_with_exp", "[20e1]", NULL),
    CASE("number_minus_zero", "[-0]", NULL),
    CASE("number_negative_int", "[-123]", NULL),
    CASE("number_negative_one", "[-1]", NULL),
    CASE("number_minus_zero_fraction", "[-0.0]", NULL),
    CASE("number_minus_zero_exponent", "[-0e-0]", NULL),
    CASE("number_real_capital_e", "[1E22]", NULL),
    CASE("number_real_capital_e_neg_exp", "[1E-2]", NULL),
    CASE("number_real_capital_e_pos_exp", "[1E+2]", NULL),
    CASE("number_real_exponent", "[123e45]", NULL),
    CASE("number_real_fraction_exponent", "[123.456e78]", NULL),
    CASE("number_real_neg_exp", "[1e-2]", NULL),
    CASE("number_real_pos_exponent", "[1e+2]", NULL),
    CASE("number_simple_int", "[123]", NULL),
    CASE("number_simple_real", "[123.456789]", NULL),
    CASE("number_exponent_leading_zeros", "[1e0003]", NULL),
    CASE("number_fraction_of_zeros", "[0.000]", NULL),
    CASE("number_ends_at_brace", "{\"a\":1}", NULL),
    CASE("number_before_comma_space", "[1 ,2]", NULL),
    CASE("number_alone", "7", NULL),
    CASE("number_alone_with_exponent", "-1.5e3", NULL),
    CASE("object", "{\"asd\":\"sdf\", \"dfg\":\"fgh\"}", NULL),
    CASE("object_basic", "{\"asd\":\"sdf\"}", NULL),
    CASE("object_empty", "{}", NULL),
    CASE("object_empty_key", "{\"\":0}", NULL),
    CASE("object_escaped_null_in_key", "{\"foo\\u0000bar\": 42}", NULL),
    CASE("object_extreme_numbers", "{ \"min\": -1.0e+28, \"max\": 1.0e+28 }", NULL),
    CASE("object_long_strings",
	 "{\"x\":[{\"id\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}], \"id\": "
	 "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}",
	 NULL),
    CASE("object_simple", "{\"a\":[]}", NULL),
    CASE("object_string_unicode", "{\"title\":\"\\u041f\\u043e\\u043b\\u0442\\u043e\\u0440\\u0430\" }", NULL),
    CASE("object_with_newlines", "{\n\"a\": \"b\"\n}", NULL),
    CASE("object_space_everywhere", " { \"a\" : { } , \"b\" : [ ] } ", NULL),
    CASE("object_carriage_returns", "{\r\n\t\"a\"\r\n:\r\n1\r\n}\r\n", NULL),
    CASE("string_1_2_3_bytes_utf8", "[\"\\u0060\\u012a\\u12AB\"]", NULL),
    CASE("string_accepted_surrogate_pair", "[\"\\uD801\\udc37\"]", NULL),
    CASE("string_accepted_surrogate_pairs", "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]", NULL),
    CASE("string_allowed_escapes", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", NULL),
    CASE("string_backslash_and_u_escaped_zero", "[\"\\\\u0000\"]", NULL),
    CASE("string_backslash_doublequotes", "[\"\\\"\"]", NULL),
    CASE("string_comments", "[\"a/*b*/c/*d//e\"]", NULL),
    CASE("string_double_escape_a", "[\"\\\\a\"]", NULL),
    CASE("string_double_escape_n", "[\"\\\\n\"]", NULL),
    CASE("string_escaped_control_character", "[\"\\u0012\"]", NULL),
    CASE("string_escaped_noncharacter", "[\"\\uFFFF\"]", NULL),
    CASE("string_in_array", "[\"asd\"]", NULL),
    CASE("string_in_array_with_leading_space", "[ \"asd\"]", NULL),
    CASE("string_last_surrogates_1_and_2", "[\"\\uDBFF\\uDFFF\"]", NULL),
    CASE("string_first_surrogates", "[\"\\ud800\\udc00\"]", NULL),
    CASE("string_nbsp_utf8", "[\"new\\u00A0line\"]", NULL),
    CASE("string_noncharacter_utf8_10ffff", "[\"\xf4\x8f\xbf\xbf\"]", NULL),
    CASE("string_noncharacter_utf8_ffff", "[\"\xef\xbf\xbf\"]", NULL),
    CASE("string_null_escape", "[\"\\u0000\"]", NULL),
    CASE("string_one_byte_utf8", "[\"\\u002c\"]", NULL),
    CASE("string_pi", "[\"\xcf\x80\"]", NULL),
    CASE("string_reserved_character_utf8_1bfff", "[\"\xf0\x9b\xbf\xbf\"]", NULL),
    CASE("string_simple_ascii", "[\"asd \"]", NULL),
    CASE("string_space", "\" \"", NULL),
    CASE("string_surrogates_clef", "[\"\\uD834\\uDd1e\"]", NULL),
    CASE("string_three_byte_utf8", "[\"\\u0821\"]", NULL),
    CASE("string_two_byte_utf8", "[\"\\u0123\"]", NULL),
    CASE("string_u2028", "[\"\xe2\x80\xa8\"]", NULL),
    CASE("string_u2029", "[\"\xe2\x80\xa9\"]", NULL),
    CASE("string_utf8", "[\"\xe2\x82\xac\xf0\x9d\x84\x9e\"]", NULL),
    CASE("string_first_two_byte", "[\"\xc2\x80\"]", NULL),
    CASE("string_last_two_byte", "[\"\xdf\xbf\"]", NULL),
    CASE("string_first_three_byte", "[\"\xe0\xa0\x80\"]", NULL),
    CASE("string_last_before_surrogates", "[\"\xed\x9f\xbf\"]", NULL),
    CASE("string_first_after_surrogates", "[\"\xee\x80\x80\"]", NULL),
    CASE("string_first_four_byte", "[\"\xf0\x90\x80\x80\"]", NULL),
    CASE("string_unicode_backslash", "[\"\\u005C\"]", NULL),
    CASE("string_unicode_quotation_mark", "[\"\\u0022\"]", NULL),
    CASE("string_unicode_mixed_case_hex", "[\"\\uaBcD\\uEf01\"]", NULL),
    CASE("string_with_del_character",
	 "[\"a\x7f"
	 "a\"]",
	 NULL),
    CASE("string_slash_unescaped", "[\"a/b\"]", NULL),
    CASE("string_structure_inside", "[\"{[]},:\"]", NULL),
    CASE("string_unterminated_looking", "[\"\\\\\\\"\"]", NULL),
    CASE("string_after_escapes_long", "[\"\\n0123456789abcdef0123456789abcdef\"]", NULL),
    CASE("structure_lonely_false", "false", NULL),
    CASE("structure_lonely_int", "42", NULL),
    CASE("structure_lonely_negative_real", "-0.1", NULL),
    CASE("structure_lonely_null", "null", NULL),
    CASE("structure_lonely_string", "\"asd\"", NULL),
    CASE("structure_lonely_true", "true", NULL),
    CASE("structure_string_empty", "\"\"", NULL),
    CASE("structure_trailing_newline", "[\"a\"]\n", NULL),
    CASE("structure_true_in_array", "[true]", NULL),
    CASE("structure_whitespace_array", " [] ", NULL),
    CASE("structure_all_white_space", " \t\r\n[\t\r\n ]\n\r\t ", NULL),
};

static const struct text_case must_refuse[] = {
    CASE("array_1_true_without_comma", "[1 true]", "1:4"),
    CASE("array_colon_instead_of_comma", "[\"\": 1]", "1:4"),
    CASE("array_comma_after_close", "[\"\"],", "1:5"),
    CASE("array_comma_and_number", "[,1]", "1:2"),
    CASE("array_double_comma", "[1,,2]", "1:4"),
    CASE("array_double_extra_comma", "[\"x\",,]", "1:6"),
    CASE("array_extra_close", "[\"x\"]]", "1:6"),
    CASE("array_extra_comma", "[\"\",]", "1:5"),
    CASE("array_incomplete", "[\"x\"", "1:5"),
    CASE("array_incomplete_invalid_value", "[x", "1:2"),
    CASE("array_inner_array_no_comma", "[3[4]]", "1:3"),
    CASE("array_invalid_utf8", "[\xff]", "1:2"),
    CASE("array_items_separated_by_semicolon", "[1:2]", "1:3"),
    CASE("array_just_comma", "[,]", "1:2"),
    CASE("array_just_minus", "[-]", "1:3"),
    CASE("array_missing_value", "[   , \"\"]", "1:5"),
    CASE("array_newlines_unclosed", "[\"a\",\n4\n,1,", "3:4"),
    CASE("array_number_and_comma", "[1,]", "1:4"),
    CASE("array_number_and_several_commas", "[1,,]", "1:4"),
    CASE("array_spaces_vertical_tab",
	 "[\"\x0b"
	 "a\"\\f]",
	 "1:3"),
    CASE("array_star_inside", "[*]", "1:2"),
    CASE("array_unclosed", "[\"\"", "1:4"),
    CASE("array_unclosed_trailing_comma", "[1,", "1:4"),
    CASE("array_unclosed_with_new_lines", "[1,\n1\n,1", "3:3"),
    CASE("array_unclosed_with_object_inside", "[{}", "1:4"),
    CASE("array_closed_by_brace", "[1}", "1:3"),
    CASE("incomplete_false", "[fals]", "1:2"),
    CASE("incomplete_null", "[nul]", "1:2"),
    CASE("incomplete_true", "[tru]", "1:2"),
    CASE("incomplete_true_at_end", "tru", "1:1"),
    CASE("literal_capitalised", "[True]", "1:2"),
    CASE("literal_upper", "[NULL]", "1:2"),
    CASE("literal_too_long", "[truex]", "1:6"),
    CASE("literal_then_digit", "[null1]", "1:6"),
    CASE("literal_twice", "nullnull", "1:5"),
    CASE("multidigit_number_then_00", "123\x00", "1:4"),
    CASE("number_++", "[++1234]", "1:2"),
    CASE("number_+1", "[+1]", "1:2"),
    CASE("number_+Inf", "[+Inf]", "1:2"),
    CASE("number_-01", "[-01]", "1:4"),
    CASE("number_-1.0.", "[-1.0.]", "1:6"),
    CASE("number_-2.", "[-2.]", "1:5"),
    CASE("number_-NaN", "[-NaN]", "1:3"),
    CASE("number_.-1", "[.-1]", "1:2"),
    CASE("number_.2e-3", "[.2e-3]", "1:2"),
    CASE("number_0.1.2", "[0.1.2]", "1:5"),
    CASE("number_0.3e+", "[0.3e+]", "1:7"),
    CASE("number_0.3e", "[0.3e]", "1:6"),
    CASE("number_0.e1", "[0.e1]", "1:4"),
    CASE("number_0_capital_E+", "[0E+]", "1:5"),
    CASE("number_0_capital_E", "[0E]", "1:4"),
    CASE("number_0e+", "[0e+]", "1:5"),
    CASE("number_0e", "[0e]", "1:4"),
    CASE("number_1.0e+", "[1.0e+]", "1:7"),
    CASE("number_1.0e-", "[1.0e-]", "1:7"),
    CASE("number_1.0e", "[1.0e]", "1:6"),
    CASE("number_1_000", "[1 000.0]", "1:4"),
    CASE("number_1eE2", "[1eE2]", "1:4"),
    CASE("number_2.e+3", "[2.e+3]", "1:4"),
    CASE("number_2.e-3", "[2.e-3]", "1:4"),
    CASE("number_2.e3", "[2.e3]", "1:4"),
    CASE("number_9.e+", "[9.e+]", "1:4"),
    CASE("number_Inf", "[Inf]", "1:2"),
    CASE("number_NaN", "[NaN]", "1:2"),
    CASE("number_Infinity", "[Infinity]", "1:2"),
    CASE("number_U+FF11_fullwidth_digit_one", "[\xef\xbc\x91]", "1:2"),
    CASE("number_expression", "[1+2]", "1:3"),
    CASE("number_hex_1_digit", "[0x1]", "1:3"),
    CASE("number_hex_2_digits", "[0x42]", "1:3"),
    CASE("number_invalid_negative_real", "[-123.123foo]", "1:10"),
    CASE("number_invalid_utf8_in_bigger_int", "[123\xe5]", "1:5"),
    CASE("number_minus_infinity", "[-Infinity]", "1:3"),
    CASE("number_minus_space_1", "[- 1]", "1:3"),
    CASE("number_neg_int_starting_with_zero", "[-012]", "1:4"),
    CASE("number_neg_real_without_int_part", "[-.123]", "1:3"),
    CASE("number_neg_with_garbage_at_end", "[-1x]", "1:4"),
    CASE("number_real_garbage_after_e", "[1ea]", "1:4"),
    CASE("number_real_without_fractional_part", "[1.]", "1:4"),
    CASE("number_starting_with_dot", "[.123]", "1:2"),
    CASE("number_with_alpha", "[1.2a-3]", "1:5"),
    CASE("number_with_alpha_char", "[1.8011670033376514H-308]", "1:20"),
    CASE("number_with_leading_zero", "[012]", "1:3"),
    CASE("number_00", "[00]", "1:3"),
    CASE("number_double_minus", "[--1]", "1:3"),
    CASE("number_underscore", "[1_0]", "1:3"),
    CASE("number_minus_at_end", "-", "1:2"),
    CASE("number_dot_at_end", "1.", "1:3"),
    CASE("number_exponent_at_end", "1e", "1:3"),
    CASE("number_two_exponents", "[1e2e3]", "1:5"),
    CASE("number_exponent_fraction", "[1e2.5]", "1:5"),
    CASE("number_comma_decimal", "1,5", "1:2"),
    CASE("object_bad_value", "[\"x\", truth]", "1:7"),
    CASE("object_bracket_key", "{[: \"x\"}\n", "1:2"),
    CASE("object_comma_instead_of_colon", "{\"x\", null}", "1:5"),
    CASE("object_double_colon", "{\"x\"::\"b\"}", "1:6"),
    CASE("object_emoji", "{\xf0\x9f\x87\xa8\xf0\x9f\x87\xad}", "1:2"),
    CASE("object_garbage_at_end", "{\"a\":\"a\" 123}", "1:10"),
    CASE("object_key_with_single_quotes", "{key: 'value'}", "1:2"),
    CASE("object_missing_colon", "{\"a\" b}", "1:6"),
    CASE("object_missing_key", "{:\"b\"}", "1:2"),
    CASE("object_missing_semicolon", "{\"a\" \"b\"}", "1:6"),
    CASE("object_missing_value", "{\"a\":", "1:6"),
    CASE("object_no_colon", "{\"a\"", "1:5"),
    CASE("object_non_string_key", "{1:1}", "1:2"),
    CASE("object_non_string_key_but_huge_number_instead", "{9999E9999:1}", "1:2"),
    CASE("object_repeated_null_null", "{null:null,null:null}", "1:2"),
    CASE("object_several_trailing_commas", "{\"id\":0,,,,,}", "1:9"),
    CASE("object_single_quote", "{'a':0}", "1:2"),
    CASE("object_trailing_comma", "{\"id\":0,}", "1:9"),
    CASE("object_trailing_comment", "{\"a\":\"b\"}/**/", "1:10"),
    CASE("object_trailing_comment_slash_open", "{\"a\":\"b\"}//", "1:10"),
    CASE("object_two_commas_in_a_row", "{\"a\":\"b\",,\"c\":\"d\"}", "1:10"),
    CASE("object_unquoted_key", "{a: \"b\"}", "1:2"),
    CASE("object_unterminated_value", "{\"a\":\"a", "1:8"),
    CASE("object_with_single_string", "{ \"foo\" : \"bar\", \"a\" }", "1:22"),
    CASE("object_with_trailing_garbage", "{\"a\":\"b\"}#", "1:10"),
    CASE("object_closed_by_bracket", "{\"a\":1]", "1:7"),
    CASE("object_only_comma", "{,}", "1:2"),
    CASE("object_value_missing_before_brace", "{\"a\":}", "1:6"),
    CASE("object_array_key", "{[]:1}", "1:2"),
    CASE("object_true_key", "{true:1}", "1:2"),
    CASE("single_space", " ", "1:2"),
    CASE("string_1_surrogate_then_escape", "[\"\\uD800\\\"]", "1:3"),
    CASE("string_1_surrogate_then_escape_u", "[\"\\uD800\\u\"]", "1:11"),
    CASE("string_1_surrogate_then_escape_u1", "[\"\\uD800\\u1\"]", "1:12"),
    CASE("string_1_surrogate_then_escape_u1x", "[\"\\uD800\\u1x\"]", "1:12"),
    CASE("string_accentuated_char_no_quotes", "[\xc3\xa9]", "1:2"),
    CASE("string_backslash_00", "[\"\\\x00\"]", "1:4"),
    CASE("string_escape_x", "[\"\\x00\"]", "1:4"),
    CASE("string_escaped_backslash_bad", "[\"\\\\\\\"]", "1:8"),
    CASE("string_escaped_ctrl_char_tab", "[\"\\\t\"]", "1:4"),
    CASE("string_escaped_emoji", "[\"\\\xf0\x9f\x8c\x80\"]", "1:4"),
    CASE("string_incomplete_escape", "[\"\\\"]", "1:6"),
    CASE("string_incomplete_escaped_character", "[\"\\u00A\"]", "1:8"),
    CASE("string_incomplete_surrogate", "[\"\\uD834\\uDd\"]", "1:13"),
    CASE("string_incomplete_surrogate_escape_invalid", "[\"\\uD800\\uD800\\x\"]", "1:3"),
    CASE("string_invalid_utf8_in_escape", "[\"\\u\xe5\"]", "1:5"),
    CASE("string_invalid_backslash_esc", "[\"\\a\"]", "1:4"),
    CASE("string_invalid_unicode_escape", "[\"\\uqqqq\"]", "1:5"),
    CASE("string_invalid_utf8_after_escape", "[\"\\\xe5\"]", "1:4"),
    CASE("string_leading_uescaped_thinspace", "[\\u0020\"asd\"]", "1:2"),
    CASE("string_no_quotes_with_bad_escape", "[\\n]", "1:2"),
    CASE("string_single_doublequote", "\"", "1:2"),
    CASE("string_single_quote", "['single quote']", "1:2"),
    CASE("string_single_string_no_double_quotes", "abc", "1:1"),
    CASE("string_start_escape_unclosed", "[\"\\", "1:4"),
    CASE("string_unescaped_ctrl_char",
	 "[\"a\x00"
	 "a\"]",
	 "1:4"),
    CASE("string_unescaped_newline", "[\"new\nline\"]", "1:6"),
    CASE("string_unescaped_tab", "[\"\t\"]", "1:3"),
    CASE("string_unescaped_1f", "[\"0123456789\x1f\"]", "1:13"),
    CASE("string_unicode_capital_u", "\"\\UA66D\"", "1:3"),
    CASE("string_with_trailing_garbage", "\"\"x", "1:3"),
    CASE("string_octal_escape", "[\"\\012\"]", "1:4"),
    CASE("string_escape_at_end_of_file", "\"\\u12", "1:6"),
    CASE("string_unclosed_after_utf8", "\"\xc3\xa9", "1:4"),
    CASE("string_cut_in_utf8", "\"\xe2\x82", "1:2"),
    CASE("string_utf8_cut_by_quote", "[\"\xe2\x82\"]", "1:3"),
    CASE("string_lone_high_surrogate", "[\"\\uDADA\"]", "1:3"),
    CASE("string_lone_low_surrogate", "[\"\\uDC00\"]", "1:3"),
    CASE("string_low_then_low", "[\"\\udc00\\udc00\"]", "1:3"),
    CASE("string_last_low_surrogate", "[\"\\uDFFF\"]", "1:3"),
    CASE("string_last_high_surrogate", "[\"\\uDBFF\"]", "1:3"),
    CASE("string_high_then_past_low", "[\"\\ud800\\ue000\"]", "1:3"),
    CASE("string_high_then_raw_utf8", "[\"\\ud800\xed\xb0\x80\"]", "1:3"),
    CASE("string_high_then_text", "[\"\\uD800abc\"]", "1:3"),
    CASE("string_high_then_high", "[\"\\uD888\\uD889\"]", "1:3"),
    CASE("string_high_then_bmp", "[\"\\uD888\\u1234\"]", "1:3"),
    CASE("string_inverted_surrogates", "[\"\\uDd1e\\uD834\"]", "1:3"),
    CASE("string_low_after_pair", "[\"\\uD800\\udc00\\udc00\"]", "1:15"),
    CASE("string_lone_high_in_key", "{\"\\uDFAA\":0}", "1:3"),
    CASE("string_raw_surrogate_utf8", "[\"\xed\xa0\x80\"]", "1:3"),
    CASE("string_raw_surrogate_pair_cesu8", "[\"\xed\xa0\x81\xed\xb0\xb7\"]", "1:3"),
    CASE("string_iso_latin_1", "[\"\xe9\"]", "1:3"),
    CASE("string_lone_utf8_continuation_byte", "[\"\x81\"]", "1:3"),
    CASE("string_not_in_unicode_range", "[\"\xf4\xbf\xbf\xbf\"]", "1:3"),
    CASE("string_first_past_unicode", "[\"\xf4\x90\x80\x80\"]", "1:3"),
    CASE("string_overlong_sequence_2_bytes", "[\"\xc0\xaf\"]", "1:3"),
    CASE("string_overlong_sequence_3_bytes", "[\"\xe0\x80\xaf\"]", "1:3"),
    CASE("string_overlong_sequence_4_bytes", "[\"\xf0\x80\x80\xaf\"]", "1:3"),
    CASE("string_overlong_sequence_6_bytes", "[\"\xfc\x83\xbf\xbf\xbf\xbf\"]", "1:3"),
    CASE("string_overlong_null", "[\"\xc0\x80\"]", "1:3"),
    CASE("string_truncated_utf8", "[\"\xe0\xff\"]", "1:3"),
    CASE("string_invalid_utf8_ff", "[\"\xff\"]", "1:3"),
    CASE("string_utf8_after_seven_bytes", "[\"1234567\xff\"]", "1:10"),
    CASE("string_c1_lead", "[\"\xc1\xbf\"]", "1:3"),
    CASE("string_five_byte_lead", "[\"\xf8\x88\x80\x80\x80\"]", "1:3"),
    CASE("string_extra_continuation", "[\"\xc3\xa9\xa9\"]", "1:5"),
    CASE("structure_no_data", "", "1:1"),
    CASE("structure_angle_bracket_dot", "<.>", "1:1"),
    CASE("structure_angle_bracket_null", "[<null>]", "1:2"),
    CASE("structure_array_trailing_garbage", "[1]x", "1:4"),
    CASE("structure_array_with_extra_array_close", "[1]]", "1:4"),
    CASE("structure_array_with_unclosed_string", "[\"asd]", "1:7"),
    CASE("structure_ascii_unicode_identifier", "a\xc3\xa5", "1:1"),
    CASE("structure_close_unopened_array", "1]", "1:2"),
    CASE("structure_comma_instead_of_closing_brace", "{\"x\": true,", "1:12"),
    CASE("structure_double_array", "[][]", "1:3"),
    CASE("structure_end_array", "]", "1:1"),
    CASE("structure_end_object", "}", "1:1"),
    CASE("structure_incomplete_utf8_bom", "\xef\xbb{}", "1:1"),
    CASE("structure_lone_invalid_utf8", "\xe5", "1:1"),
    CASE("structure_lone_open_bracket", "[", "1:2"),
    CASE("structure_null_byte_outside_string", "[\x00]", "1:2"),
    CASE("structure_number_with_trailing_garbage", "2@", "1:2"),
    CASE("structure_object_followed_by_closing_object", "{}}", "1:3"),
    CASE("structure_object_unclosed_no_value", "{\"\":", "1:5"),
    CASE("structure_object_with_comment", "{\"a\":/*comment*/\"b\"}", "1:6"),
    CASE("structure_object_with_trailing_garbage", "{\"a\": true} \"x\"", "1:13"),
    CASE("structure_open_array_apostrophe", "['", "1:2"),
    CASE("structure_open_array_comma", "[,", "1:2"),
    CASE("structure_open_array_open_object", "[{", "1:3"),
    CASE("structure_open_array_open_string", "[\"a", "1:4"),
    CASE("structure_open_array_string", "[\"a\"", "1:5"),
    CASE("structure_open_object", "{", "1:2"),
    CASE("structure_open_object_close_array", "{]", "1:2"),
    CASE("structure_open_object_comma", "{,", "1:2"),
    CASE("structure_open_object_open_array", "{[", "1:2"),
    CASE("structure_open_object_open_string", "{\"a", "1:4"),
    CASE("structure_open_object_string_with_apostrophes", "{'a'", "1:2"),
    CASE("structure_open_open", "[\"\\{[\"\\{[\"\\{[\"\\{", "1:4"),
    CASE("structure_single_eacute", "\xe9", "1:1"),
    CASE("structure_single_star", "*", "1:1"),
    CASE("structure_trailing_hash", "{\"a\":\"b\"}#{}", "1:10"),
    CASE("structure_uescaped_lf_before_string", "[\\u000A\"\"]", "1:2"),
    CASE("structure_unclosed_array", "[1", "1:3"),
    CASE("structure_unclosed_array_partial_null", "[ false, nul", "1:10"),
    CASE("structure_unclosed_array_unfinished_true", "[ true, tru", "1:9"),
    CASE("structure_unclosed_object", "{\"asd\":\"asd\"", "1:13"),
    CASE("structure_unicode_identifier", "\xc3\xa5", "1:1"),
    CASE("structure_utf8_bom_no_data", "\xef\xbb\xbf", "1:1"),
    CASE("structure_u2060_word_joined", "[\xe2\x81\xa0]", "1:2"),
    CASE("structure_whitespace_formfeed", "[\x0c]", "1:2"),
    CASE("structure_whitespace_vertical_tab", "[\x0b]", "1:2"),
    CASE("structure_no_break_space", "[\xc2\xa0]", "1:2"),
    CASE("structure_two_values_two_lines", "1\n2", "2:1"),
    CASE("structure_colon_alone", ":", "1:1"),
    CASE("structure_error_on_third_line", "{\n  \"a\": 1,\n  \"b\" 2\n}", "3:7"),
    CASE("structure_error_after_utf8_counts_bytes", "[\"\xe2\x82\xac\" 1]", "1:8"),
    CASE("structure_error_after_crlf", "[1,\r\n2\r\n3]", "3:1"),
    CASE("structure_error_after_bom", "\xef\xbb\xbf[1 2]", "1:4"),
    CASE("structure_bom_twice", "\xef\xbb\xbf\xef\xbb\xbf[]", "1:1"),
    CASE("structure_bom_inside", "[\xef\xbb\xbf]", "1:2"),
    CASE("structure_bom_after_value", "[]\xef\xbb\xbf", "1:3"),
};

/* Where RFC 8259 leaves the choice; the comment says why we chose so. */
static const struct text_case our_choice[] = {
    /* numbers are given as written; range is the caller's business */
    CASE("number_double_huge_neg_exp", "[123.456e-789]", NULL),
    CASE("number_huge_exp",
	 "[0.4e00669999999999999999999999999999999999999999999999999999999999999999999999969999999006]", NULL),
    CASE("number_neg_int_huge_exp", "[-1e+9999]", NULL),
    CASE("number_real_pos_overflow", "[123123e100000]", NULL),
    CASE("number_real_underflow", "[123e-10000000]", NULL),
    CASE("number_too_big_neg_int", "[-123123123123123123123123123123]", NULL),
    CASE("number_too_big_pos_int", "[100000000000000000000]", NULL),
    CASE("number_very_big_negative_int", "[-237462374673276894279832749832423479823246327846]", NULL),
    /* a stream keeps no names; each member is given, the importer decides */
    CASE("object_duplicated_key", "{\"a\":\"b\",\"a\":\"c\"}", NULL),
    CASE("object_duplicated_key_and_value", "{\"a\":\"b\",\"a\":\"b\"}", NULL),
    /* Windows programs write a byte order mark */
    CASE("structure_utf8_bom_empty_object", "\xef\xbb\xbf{}", NULL),
    CASE("structure_utf8_bom_with_space", "\xef\xbb\xbf 1", NULL),
    /* the limit of nesting, and one more */
    CASE("structure_128_nested_arrays", X128("[") X128("]"), NULL),
    CASE("structure_129_nested_arrays", X128("[") "[" X128("]") "]", "1:129"),
    /* UTF-8 only, and the message says so */
    CASE("string_utf16be_with_bom", "\xfe\xff\x00[\x00\"\x00\xe9\x00\"\x00]", "1:1"),
    CASE("string_utf16le_with_bom", "\xff\xfe[\x00\"\x00\xe9\x00\"\x00]\x00", "1:1"),
    CASE("string_utf16le_no_bom", "[\x00\"\x00\xe9\x00\"\x00]\x00", "1:1"),
    CASE("string_utf16be_no_bom", "\x00[\x00\"\x00\xe9\x00\"\x00]", "1:1"),
    CASE("string_utf32_bom", "\xff\xfe\x00\x00[\x00\x00\x00]\x00\x00\x00", "1:1"),
    /* noncharacters are characters of UTF-8 */
    CASE("string_noncharacter_ufdd0", "[\"\xef\xb7\x90\"]", NULL),
    CASE("string_noncharacter_escaped", "[\"\\uFFFE\"]", NULL),
};

static void check(const struct text_case *c)
{
	struct buf whole = BUF(1 << 24), pieces = BUF(1 << 24);
	struct err err = {0}, err_pieces = {0};
	struct source s = source_text(S("pieces.json"), c->text);
	enum status status = events_of(&s, EVENTS_PLACES, &whole, &err);
	struct source p = in_pieces(S("pieces.json"), c->text, 1);
	enum status status_pieces = events_of(&p, EVENTS_PLACES, &pieces, &err_pieces);
	source_close(&p);
	if ((status == OK) != (c->place == NULL))
		fail_msg("%s: %s %s %s", c->name, status == OK ? "accepted" : "refused", err.message, err.where);
	if (c->place && (strncmp(err.where, "pieces.json:", 12) != 0 || strcmp(err.where + 12, c->place) != 0))
		fail_msg("%s: error at %s, not %s: %s", c->name, err.where, c->place, err.message);
	if (c->place && !err.message[0])
		fail_msg("%s: refused without a message", c->name);
	if (status != status_pieces || memcmp(&err, &err_pieces, sizeof err) != 0)
		fail_msg("%s: byte by byte: %s %s", c->name, err_pieces.message, err_pieces.where);
	if (!str_eq(buf_str(&whole), buf_str(&pieces)))
		fail_msg("%s: byte by byte gives other events", c->name);
	buf_release(&whole);
	buf_release(&pieces);
}

#define CHECK_ALL(cases)                                                                                               \
	for (size_t i = 0; i < sizeof(cases) / sizeof((cases)[0]); i++)                                                \
		check(&(cases)[i]);

static void what_is_json_is_accepted(void **state)
{
	(void)state;
	CHECK_ALL(must_accept);
}

static void what_is_not_json_is_refused_with_its_place(void **state)
{
	(void)state;
	CHECK_ALL(must_refuse);
}

static void where_the_standard_is_open_our_choice_holds(void **state)
{
	(void)state;
	CHECK_ALL(our_choice);
}

static void a_hundred_thousand_open_arrays_are_refused(void **state)
{
	(void)state;
	struct err err = {0};
	struct buf text = BUF(1 << 20), events = BUF(1 << 20);
	for (int i = 0; i < 100000; i++)
		buf_char(&text, '[');
	struct source s = source_text(S("deep.json"), buf_str(&text));
	assert_int_equal(events_of(&s, EVENTS_PLAIN, &events, &err), E_TOO_LARGE);
	assert_string_equal(err.where, "deep.json:1:129");
	buf_clear(&text);
	buf_clear(&events);
	for (int i = 0; i < 50000; i++)
		buf_add(&text, S("[{\"\":"));
	s = source_text(S("deep.json"), buf_str(&text));
	assert_int_equal(events_of(&s, EVENTS_PLAIN, &events, &err), E_TOO_LARGE);
	buf_release(&text);
	buf_release(&events);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_json_is_accepted),
	    cmocka_unit_test(what_is_not_json_is_refused_with_its_place),
	    cmocka_unit_test(where_the_standard_is_open_our_choice_holds),
	    cmocka_unit_test(a_hundred_thousand_open_arrays_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
