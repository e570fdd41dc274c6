#include "api/faults.hpp"

namespace chr21::api {

void Faults::add(Error fault) {
    if (is_full()) {
        ++untold_;
        return;
    }
    bytes_ += fault.parameter.size() + fault.value.size() + fault.message.size();
    told_.push_back(std::move(fault));
}

void Faults::add_missing(Error fault, std::vector<std::string> nearest) {
    if (missing_++ == 0) nearest_ = std::move(nearest);
    add(std::move(fault));
}

}  // namespace chr21::api
