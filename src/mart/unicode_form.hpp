#pragma once

#include <string_view>

namespace chr21::mart {

// "UTF-16LE", "UTF-16BE", "UTF-32LE" or "UTF-32BE" where the bytes begin with the mark of that
// form, or are without one and have a NUL in all places where the letters of such a text have it.
// Empty otherwise.
std::string_view wide_unicode_form(std::string_view bytes);

}  // namespace chr21::mart
