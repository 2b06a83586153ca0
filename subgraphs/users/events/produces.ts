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
import {
  ownNumberChanged,
  phoneChanged,
  phoneCodeRequested,
  registeredByPhone,
  takenNumberRegistered,
  takenNumberWanted,
} from '../../shared/contracts/users-numbers.js'
import { profileUpdated } from '../../shared/contracts/users-profile.js'
import { addressProved } from '../../shared/contracts/users-proofs.js'
import { userVerified } from '../../shared/contracts/users-verified.js'

/** Everything that users tells. */
export const PRODUCES = [
  ...[userRegistered, takenAddressRegistered, verificationRequested, registrationDropped, accessChanged],
  ...[emailChangeRequested, takenAddressWanted, emailChanged, userInvited, invitationAccepted],
  ...[registeredByPhone, phoneCodeRequested, takenNumberRegistered, takenNumberWanted, phoneChanged],
  ...[deletionRequested, deletionCancelled, userDeleted, profileUpdated, ownNumberChanged],
  userVerified,
  addressProved,
]
