/**
 * Name of the sandbox's endpoint in a job: its port changes with every start, its name does not.
 */
export const sandboxEndpointName = "sandbox";

/** Whether a job costs real money. The sandbox is free and never counted with it. */
export const usesRealMoney = ({ endpoint }: { readonly endpoint: string }): boolean => endpoint !== sandboxEndpointName;
