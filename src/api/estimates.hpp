#pragma once

#include "service/dialect.hpp"

#include <chrono>

namespace chr21::api {

// How much CPU an operation takes from memory, for the table of operations. Made from what was
// measured on 1,134 to 1.13 million genes, and rather too much than too little: a request that is
// thought to be costly only goes another way.
std::chrono::nanoseconds estimate_list(const service::Outlook& outlook);
std::chrono::nanoseconds estimate_lookup(const service::Outlook& outlook);
std::chrono::nanoseconds estimate_suggestions(const service::Outlook& outlook);
// Of a route whose path or body names one thing, which may not be there.
std::chrono::nanoseconds estimate_one(const service::Outlook& outlook);
// Of a route that looks at every gene.
std::chrono::nanoseconds estimate_summary(const service::Outlook& outlook);
// Of files that may have to be unpacked and packed again.
std::chrono::nanoseconds estimate_file(const service::Outlook& outlook);

}  // namespace chr21::api
