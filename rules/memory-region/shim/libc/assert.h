/* No guard: each inclusion looks at NDEBUG anew (C11 7.2p1). */
#undef assert
#undef static_assert
#define static_assert _Static_assert

_Noreturn void __assert_fail(const char *expression, const char *file, unsigned int line,
                             const char *function);

#ifdef NDEBUG
#define assert(expression) ((void)0)
#else
#define assert(expression) \
    ((expression) ? (void)0 : __assert_fail(#expression, __FILE__, __LINE__, __func__))
#endif
