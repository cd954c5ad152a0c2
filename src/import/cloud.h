/**
 * Resources of infrastructure code: which of them are AI services of a cloud.
 */
#ifndef IMPORT_CLOUD_H
#define IMPORT_CLOUD_H

#include "base/str.h"

/* By the type as Terraform, CloudFormation or Azure write it ("aws_bedrock_guardrail", "AWS::Bedrock::Agent"). */
bool import_cloud_ai(str type);

#endif
