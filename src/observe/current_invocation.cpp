#include "observe/current_invocation.hpp"

namespace chr21::observe {
namespace {

thread_local const InvocationFacts* facts_of_this_thread = nullptr;

}  // namespace

CurrentInvocation::CurrentInvocation(const InvocationFacts& facts) {
    facts_of_this_thread = &facts;
}

CurrentInvocation::~CurrentInvocation() { facts_of_this_thread = nullptr; }

const InvocationFacts* CurrentInvocation::find() { return facts_of_this_thread; }

}  // namespace chr21::observe
