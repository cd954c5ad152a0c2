/* Makes the store of portfolio_store.h at the path given, for other measurements; without one it makes the kept one. */
#include "portfolio_store.h"

int main(int n, char **arguments)
{
	if (n > 1)
		store_make(arguments[1]);
	else
		(void)store_kept();
	return 0;
}
