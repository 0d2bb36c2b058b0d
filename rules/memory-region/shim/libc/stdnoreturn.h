#ifndef LC_STDNORETURN_H
#define LC_STDNORETURN_H

#define noreturn _Noreturn

#endif
