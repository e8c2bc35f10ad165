/** Name of the sandbox's endpoint in a job. No address can be spelled like it. */
export const sandboxEndpointName = "sandbox";

/** Whether a job costs real money. The sandbox is free and never counted with it. */
export const usesRealMoney = ({ endpoint }: { readonly endpoint: string }): boolean => endpoint !== sandboxEndpointName;
