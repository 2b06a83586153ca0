import {
  accessChanged,
  deletionCancelled,
  deletionRequested,
  emailChanged,
  emailChangeRequested,
  invitationAccepted,
  registrationDropped,
  takenAddressRegistered,
  takenAddressWanted,
  userDeleted,
  userInvited,
  userRegistered,
  verificationRequested,
} from '../../shared/contracts/users.js'

/** Everything that users tells. */
export const PRODUCES = [
  ...[userRegistered, takenAddressRegistered, verificationRequested, registrationDropped, accessChanged],
  ...[emailChangeRequested, takenAddressWanted, emailChanged, userInvited, invitationAccepted],
  ...[deletionRequested, deletionCancelled, userDeleted],
]
