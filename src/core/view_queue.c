#include "core/view_queue.h"

str view_queue_part_name(enum view_queue_part part)
{
	static const str names[VIEW_QUEUE_PARTS] = {[VIEW_QUEUE_ASSIGNED] = S("assigned"),
						    [VIEW_QUEUE_RETURNED] = S("returned"),
						    [VIEW_QUEUE_UNANSWERED] = S("unanswered"),
						    [VIEW_QUEUE_EXPIRING] = S("expiring"),
						    [VIEW_QUEUE_INTERVIEW] = S("interview")};
	return names[part];
}
